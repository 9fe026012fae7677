import type { Oxc } from "../compiler/oxc";

/** An expression in TypeScript as JavaScript, or undefined where it has a syntax error. */
export function withoutTypes(oxc: Oxc, expression: string): string | undefined {
  const { code, errors } = oxc.transform("expression.ts", expression, {
    lang: "ts",
    sourceType: "module",
    typescript: { onlyRemoveTypeImports: true },
  });
  return errors.length === 0 ? code : undefined;
}

/** A breakpoint's condition as JavaScript that can stand in parentheses, or undefined where it is no expression. */
export function conditionOf(oxc: Oxc, condition: string): string | undefined {
  const js = withoutTypes(oxc, `(${condition}\n)`)?.trim().replace(/;$/, "");
  if (js === undefined) return undefined;
  // `await` is an expression only where V8 could wait for it.
  const { errors } = oxc.parse("condition.js", `(${js})`, { sourceType: "script" });
  return errors.length === 0 ? js : undefined;
}
