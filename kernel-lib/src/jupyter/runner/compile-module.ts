import type { SourceMapPayload } from "node:module";
import { compileFunction, Script } from "node:vm";
import { hasWideLine } from "../wide-lines";
import { registerSource } from "./stack-traces";

/** A local module, compiled to CommonJS for this Node.js. */
export type CompiledModule = {
  code: string;
  sourceMap: SourceMapPayload;
  /** What its `import` and `export … from` statements name. */
  specifiers: readonly string[];
  /** Whether it has an `await` at its top level; then `run` returns a promise. */
  awaits: boolean;
  run(this: unknown, ...values: unknown[]): unknown;
};

/** What `run` takes, in this order. `import()` is called under a name of its own length, so that columns stay. */
const parameters = ["exports", "require", "module", "__filename", "__dirname", "$imprt"];

/**
 * Compiles a local .ts or .js module. swc is loaded with the first one.
 * Throws a SyntaxError that points at the module's line.
 * @param shownAs the file's name for the user
 */
export function compileModule(source: string, file: string, shownAs: string): CompiledModule {
  const { transformSync } = require("@swc/core") as typeof import("@swc/core");
  const { parseSync } = require("oxc-parser") as typeof import("oxc-parser");
  const isTypeScript = /\.[cm]?ts$/.test(file);
  const { errors, module } = parseSync(file, source);
  if (errors[0] && hasWideLine(source)) throw syntaxError(errors[0].message, errors[0], source, shownAs);
  let transformed: import("@swc/core").Output;
  try {
    transformed = transformSync(source, {
      filename: file,
      swcrc: false,
      configFile: false,
      sourceMaps: true,
      isModule: isTypeScript || /\.mjs$/.test(file) ? true : "unknown",
      module: { type: "commonjs", ignoreDynamic: true },
      jsc: {
        target: "es2022",
        parser: isTypeScript ? { syntax: "typescript", decorators: true } : { syntax: "ecmascript" },
        transform: { decoratorVersion: "2022-03" },
      },
    });
  } catch (error) {
    throw syntaxError((error as Error).message, errors[0], source, shownAs);
  }
  const code = transformed.code.replace(/(?<![\w$.])import(?=\s*\()/g, "$$imprt");
  return {
    code,
    sourceMap: { ...JSON.parse(transformed.map!), file, sourcesContent: [source] } as SourceMapPayload,
    specifiers: [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap((one) => one.moduleRequest?.value ?? []),
      ),
    ],
    ...functionOf(code, file),
  };
}

function functionOf(code: string, file: string): Pick<CompiledModule, "awaits" | "run"> {
  try {
    return {
      awaits: false,
      run: compileFunction(code, parameters, { filename: file }) as CompiledModule["run"],
    };
  } catch (error) {
    if (!(error instanceof SyntaxError) || !/\bawait\b/.test(error.message)) throw error;
    const script = new Script(`(async function (${parameters.join(",")}) {\n${code}\n})`, {
      filename: file,
      lineOffset: -1,
    });
    return { awaits: true, run: script.runInThisContext() as CompiledModule["run"] };
  }
}

/** swc only draws where an error is, so oxc is asked for its place. */
function syntaxError(
  drawn: string,
  problem: import("oxc-parser").OxcError | undefined,
  source: string,
  shownAs: string,
): SyntaxError {
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
