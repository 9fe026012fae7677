import type { SourceMapPayload } from "node:module";
import { registerSource } from "./stack-traces";

/**
 * Compiles a local .ts or .js module to CommonJS for this Node.js. swc is loaded with the first one.
 * Throws a SyntaxError that points at the module's line.
 * @param shownAs the file's name for the user
 */
export function compileModule(source: string, file: string, shownAs: string): { code: string; sourceMap: SourceMapPayload } {
  const { transformSync } = require("@swc/core") as typeof import("@swc/core");
  const isTypeScript = /\.[cm]?ts$/.test(file);
  try {
    const { code, map } = transformSync(source, {
      filename: file,
      swcrc: false,
      configFile: false,
      sourceMaps: true,
      isModule: isTypeScript ? true : "unknown",
      module: { type: "commonjs" },
      jsc: {
        target: "es2022",
        parser: isTypeScript ? { syntax: "typescript", decorators: true } : { syntax: "ecmascript" },
      },
    });
    return { code, sourceMap: { ...JSON.parse(map!), file, sourcesContent: [source] } as SourceMapPayload };
  } catch (error) {
    throw syntaxError((error as Error).message, source, shownAs);
  }
}

/** swc draws its errors: `x Expected ';'` above `,-[/notebooks/utils.ts:2:5]`. */
function syntaxError(drawn: string, source: string, shownAs: string): SyntaxError {
  const plain = drawn.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "");
  const message = /^\s*[x×]\s*(.+)$/m.exec(plain)?.[1] ?? plain.trim();
  const [, line, column] = /\[[^\]\n]*:(\d+):(\d+)\]/.exec(plain) ?? [];
  if (line === undefined) return new SyntaxError(`${shownAs}: ${message}`);
  const place = `${shownAs}:${line}:${column}`;
  registerSource(shownAs, source);
  const error = new SyntaxError(`${place}: ${message}`);
  error.stack = `SyntaxError: ${error.message}\n    at ${place}`;
  return error;
}
