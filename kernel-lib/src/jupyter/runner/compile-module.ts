import type { SourceMapPayload } from "node:module";
import { compileFunction, Script } from "node:vm";
import type { EmitOptions } from "../compiler/emit-options";
import { lower, needsLowering } from "../compiler/lower";
import { hasWideLine, wideLineAt } from "../wide-lines";
import { registerSource } from "./stack-traces";
import { transformApart } from "./transform-apart";

/** A local module, compiled to CommonJS for this Node.js. */
export type CompiledModule = {
  code: string;
  sourceMap: SourceMapPayload;
  /** What its `import` and `export … from` statements name, but not for types alone. */
  specifiers: readonly string[];
  /** Whether it has an `await` at its top level; then `run` returns a promise. */
  awaits: boolean;
  run(this: unknown, ...values: unknown[]): unknown;
};

/** What `run` takes, in this order. `import()` is called under a name of its own length, so that columns stay. */
const parameters = ["exports", "require", "module", "__filename", "__dirname", "$imprt"];

/** Whether a module is compiled as TypeScript, by its name. */
export function isTypeScript(file: string): boolean {
  return /\.[cm]?ts$/.test(file);
}

/**
 * Compiles a local .ts or .js module. swc is loaded with the first one.
 * Throws a SyntaxError that points at the module's line.
 * @param shownAs the file's name for the user
 * @param emitOptions how TypeScript is emitted
 */
export function compileModule(
  source: string,
  file: string,
  shownAs: string,
  emitOptions: EmitOptions,
): CompiledModule {
  const { parseSync } = require("oxc-parser") as typeof import("oxc-parser");
  const isModule = isTypeScript(file) || /\.mjs$/.test(file);
  const parserOptions = isModule ? { sourceType: "module" as const } : {};
  let transformed: import("@swc/core").Output;
  try {
    const lowered =
      isTypeScript(file) && needsLowering(parseSync, source)
        ? lower(source, file, emitOptions, "used")
        : undefined;
    transformed = transform(lowered?.js ?? source, {
      filename: file,
      swcrc: false,
      configFile: false,
      sourceMaps: true,
      isModule: isModule ? true : "unknown",
      module: { type: "commonjs", ignoreDynamic: true },
      jsc: {
        target: "es2022",
        parser: { syntax: isTypeScript(file) && !lowered ? "typescript" : "ecmascript" },
        transform: isTypeScript(file) ? { useDefineForClassFields: emitOptions.useDefineForClassFields } : {},
      },
      ...(lowered && { inputSourceMap: JSON.stringify(lowered.map) }),
    });
  } catch (error) {
    const { errors } = parseSync(file, source, { ...parserOptions, showSemanticErrors: true });
    throw syntaxError((error as Error).message, errors[0], source, shownAs);
  }
  const { module } = parseSync(file, source, parserOptions);
  const code = transformed.code.replace(/(?<![\w$.])import(?=\s*\()/g, "$$imprt");
  return {
    code,
    sourceMap: { ...JSON.parse(transformed.map!), file, sourcesContent: [source] } as SourceMapPayload,
    specifiers: [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap((one) => one.moduleRequest?.value ?? []),
      ),
    ].filter((specifier) => code.includes(`require(${JSON.stringify(specifier)})`)),
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

function transform(source: string, options: import("@swc/core").Options): import("@swc/core").Output {
  if (hasWideLine(source)) return transformApart(source, options);
  const { transformSync } = require("@swc/core") as typeof import("@swc/core");
  return transformSync(source, options);
}

/** swc only draws where an error is, so oxc is asked for its place. One that oxc does not see is in a wide line. */
function syntaxError(
  drawn: string,
  problem: import("oxc-parser").OxcError | undefined,
  source: string,
  shownAs: string,
): SyntaxError {
  const start = problem?.labels[0]?.start ?? wideLineAt(source);
  const message = problem?.message ?? firstLine(drawn);
  if (start === undefined) return new SyntaxError(`${shownAs}: ${message}`);
  const before = source.slice(0, start).split("\n");
  const place = `${shownAs}:${before.length}:${before.at(-1)!.length + 1}`;
  registerSource(shownAs, source);
  const error = new SyntaxError(`${place}: ${message}`);
  error.stack = `SyntaxError: ${error.message}\n    at ${place}`;
  return error;
}

function firstLine(drawn: string): string {
  return drawn
    .trimStart()
    .split("\n")[0]!
    .replace(/^[x×]\s*/, "");
}
