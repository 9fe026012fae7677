import type { EmitOptions } from "./emit-options";
import { hasIntricateNamespaces } from "./namespaces";
import { nodes } from "./nodes";
import type { Oxc, SourceMap } from "./oxc";

/**
 * Whether code has decorators, `accessor` or `using`, which V8 does not know yet, or namespaces that other transpilers
 * than TypeScript do not emit rightly.
 */
export function needsLowering(parse: Oxc["parse"], code: string): boolean {
  if (!/\b(?:using|accessor|namespace)\b|@[\p{ID_Start}$_(]/u.test(code)) return false;
  // What looks like one may stand in a string, and TypeScript 5 need not be loaded for that.
  const { program } = parse("code.ts", code, { lang: "ts", sourceType: "module" });
  const found = nodes(program, (type) => LOWERED_SYNTAX.test(type) || type === "VariableDeclaration");
  for (const node of found)
    if (node.type !== "VariableDeclaration" || String(node.kind).endsWith("using")) return true;
  return hasIntricateNamespaces(program);
}

const LOWERED_SYNTAX = /^(?:Decorator|(?:TSAbstract)?AccessorProperty)$/;

/**
 * Rewrites decorators, `accessor`, `using` and namespaces for the supported versions of Node.js, and removes the types.
 * The code calls tslib's functions by their names. TypeScript 5 does this, the last version that runs in this process;
 * it is loaded with the first such code, in about a quarter of a second.
 * @param imports which imports stay: all, or those of what the code uses as a value
 * @throws SyntaxError where it does not understand the code
 */
export function lower(
  code: string,
  fileName: string,
  { experimentalDecorators, emitDecoratorMetadata, useDefineForClassFields }: EmitOptions,
  imports: "all" | "used",
): { js: string; map: SourceMap } {
  const ts = require("typescript-5") as typeof import("typescript-5");
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(code, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: imports === "all",
      experimentalDecorators,
      emitDecoratorMetadata,
      useDefineForClassFields,
      noEmitHelpers: true,
      sourceMap: true,
    },
  });
  const [problem] = diagnostics ?? [];
  if (problem) throw new SyntaxError(ts.flattenDiagnosticMessageText(problem.messageText, "\n"));
  return {
    js: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ""),
    map: JSON.parse(sourceMapText ?? "") as SourceMap,
  };
}
