import { hasWideLine, MAX_LINE } from "../wide-lines";
import type { CellSyntax } from "./declarations";
import { withoutText } from "./nesting";
import type { Oxc, SourceMap } from "./oxc";

/** JavaScript without types, still with its imports, and its map to the cell. */
export interface Transpiled {
  readonly js: string;
  readonly map: SourceMap;
}

/** What the user's tsconfig.json says about the emitted code. */
export interface EmitOptions {
  readonly experimentalDecorators: boolean;
  readonly emitDecoratorMetadata: boolean;
  readonly useDefineForClassFields: boolean;
}

/** The newest syntax that all supported versions of Node.js run. */
const target = "es2022";

/** Removes the types from a cell; lowers decorators, `accessor` and `using`, which V8 does not have yet. */
export async function transpile(
  oxc: Oxc,
  cell: CellSyntax,
  fileName: string,
  options: EmitOptions,
): Promise<Transpiled> {
  const code = cell.code.replace(
    /^(\s*(?:export\s+)?)import(?=\s+[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=\s*require\s*\()/gmu,
    "$1let   ",
  );
  return needsLowering(cell) ? lower(code, fileName, options) : removeTypes(oxc, code, fileName, options);
}

/** What only cells to be lowered have; that it may stand in a string does no harm, except where a line is too long. */
function needsLowering({ code, words }: CellSyntax): boolean {
  const isWritten = words.has("using") || words.has("accessor") || DECORATOR.test(code);
  if (!isWritten || !hasWideLine(code)) return isWritten;
  const syntax = withoutText(code);
  return /\b(?:using|accessor)\b/.test(syntax) || DECORATOR.test(syntax);
}

const DECORATOR = /@[\p{ID_Start}$_(]/u;

function removeTypes(oxc: Oxc, code: string, fileName: string, options: EmitOptions): Transpiled {
  const result = oxc.transform(fileName, code, {
    lang: "ts",
    sourceType: "module",
    sourcemap: true,
    target,
    typescript: {
      onlyRemoveTypeImports: true,
      removeClassFieldsWithoutInitializer: !options.useDefineForClassFields,
    },
    assumptions: { setPublicClassFields: !options.useDefineForClassFields },
  });
  const [error] = result.errors;
  if (error) throw new SyntaxError(error.message);
  return { js: result.code, map: result.map as SourceMap };
}

/** swc is slower, but knows both kinds of decorators and `using`, and puts its helpers into the code. */
async function lower(code: string, fileName: string, options: EmitOptions): Promise<Transpiled> {
  if (hasWideLine(code))
    throw new SyntaxError(
      `A cell with decorators, accessor or using can't have a line of more than ${MAX_LINE} characters: break it`,
    );
  const { transformSync } = await import("@swc/core");
  const result = transformSync(code, {
    filename: fileName,
    sourceMaps: true,
    isModule: true,
    swcrc: false,
    configFile: false,
    jsc: {
      parser: { syntax: "typescript", decorators: true },
      target,
      transform: {
        verbatimModuleSyntax: true,
        useDefineForClassFields: options.useDefineForClassFields,
        ...(options.experimentalDecorators
          ? { legacyDecorator: true, decoratorMetadata: options.emitDecoratorMetadata }
          : { decoratorVersion: "2022-03" }),
      },
    },
  });
  return { js: result.code, map: JSON.parse(result.map ?? "") as SourceMap };
}
