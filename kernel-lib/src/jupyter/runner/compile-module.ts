import type { SourceMapPayload } from "node:module";
import { registerSource } from "./stack-traces";

/**
 * Compiles a local .ts or .js module to CommonJS for this Node.js. swc is loaded with the first one.
 * Throws a SyntaxError that points at the module's line.
 * @param shownAs the file's name for the user
 */
export function compileModule(
  source: string,
  file: string,
  shownAs: string,
): { code: string; sourceMap: SourceMapPayload } {
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
    throw syntaxError((error as Error).message, source, file, shownAs);
  }
}

/** swc only draws where an error is, so oxc is asked for its place. */
function syntaxError(drawn: string, source: string, file: string, shownAs: string): SyntaxError {
  const { parseSync } = require("oxc-parser") as typeof import("oxc-parser");
  const [problem] = parseSync(file, source).errors;
  const start = problem?.labels[0]?.start;
  if (!problem || start === undefined) return new SyntaxError(`${shownAs}: ${firstLine(drawn)}`);
  const before = source.slice(0, start).split("\n");
  const place = `${shownAs}:${before.length}:${before.at(-1)!.length + 1}`;
  registerSource(shownAs, source);
  const error = new SyntaxError(`${place}: ${problem.message}`);
  error.stack = `SyntaxError: ${error.message}\n    at ${place}`;
  return error;
}

function firstLine(drawn: string): string {
  return drawn
    .trimStart()
    .split("\n")[0]!
    .replace(/^[x×]\s*/, "");
}
