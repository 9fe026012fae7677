import MagicString from "magic-string";
import type { CellSyntax } from "./declarations";
import type { VariableDeclaration } from "./variable-declarations";

/**
 * Rewrites the `using` declarations at the top of a cell: `using a = open()` becomes `const a = __kernelUsing(open(), false)`.
 *
 * What is used there is disposed when the cell has ended, by the runner. The usual `try … finally` around the code
 * would take its other declarations from the top, where later cells find them.
 */
export function rewriteTopUsing({ code, declarations }: CellSyntax): MagicString {
  const text = new MagicString(code);
  const declarators = new Set(
    declarations
      .filter((one): one is VariableDeclaration => one.kind === "variable" && one.disposed)
      .map(({ declarator }) => declarator),
  );
  const rewritten = new Set<number>();
  for (const { statement, initializer } of declarators) {
    const [keyword = ""] = /^(?:await\s+)?using/.exec(code.slice(statement.start)) ?? [];
    if (!rewritten.has(statement.start))
      text.overwrite(statement.start, statement.start + keyword.length, "const");
    rewritten.add(statement.start);
    if (!initializer) continue;
    text.appendRight(initializer.start, "__kernelUsing(");
    text.appendLeft(initializer.end, `, ${keyword !== "using"})`);
  }
  return text;
}
