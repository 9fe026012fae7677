import type { CellSyntax } from "./declarations";
import type { EmitOptions } from "./emit-options";
import { lower, needsLowering } from "./lower";
import type { Oxc, SourceMap } from "./oxc";
import { rewriteTopUsing } from "./top-using";

/** JavaScript without types, still with its imports, and its map to the cell. */
export interface Transpiled {
  readonly js: string;
  readonly map: SourceMap;
}

/** Removes the types from a cell; lowers what V8 does not have yet, such as decorators, and intricate namespaces. */
export function transpile(oxc: Oxc, cell: CellSyntax, fileName: string, options: EmitOptions): Transpiled {
  const rewritten = rewriteTopUsing(cell);
  const code = rewritten
    .toString()
    .replace(
      /^(\s*(?:export\s+)?)import(?=\s+[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=\s*require\s*\()/gmu,
      "$1let   ",
    );
  const { js, map } = needsLowering(oxc.parse, code)
    ? lower(code, fileName, options, "all")
    : removeTypes(oxc, code, fileName, options);
  if (!rewritten.hasChanged()) return { js, map };
  const edits = rewritten.generateMap({ hires: "boundary", source: fileName });
  const combined = oxc.remapping([map, { ...edits, version: 3, file: fileName }], () => null);
  return { js, map: JSON.parse(JSON.stringify(combined)) as SourceMap };
}

function removeTypes(oxc: Oxc, code: string, fileName: string, options: EmitOptions): Transpiled {
  const result = oxc.transform(fileName, code, {
    lang: "ts",
    sourceType: "module",
    sourcemap: true,
    target: "es2022",
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
