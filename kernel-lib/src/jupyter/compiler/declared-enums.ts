import type { CellSyntax } from "./declarations";
import { nodes } from "./nodes";
import type { Oxc } from "./oxc";

/**
 * A cell in which `declare enum` and `declare const enum` are enums without `declare`, at the same places: the values
 * are written there, and no other code has them. TypeScript puts those of a `const` enum where they are used; here,
 * as elsewhere, the enum itself exists.
 */
export function withDeclaredEnums(oxc: Oxc, cell: CellSyntax): CellSyntax {
  if (!cell.words.has("declare") || !cell.words.has("enum")) return cell;
  const { program } = oxc.parse("cell.ts", cell.code, { sourceType: "module", lang: "ts" });
  let { code } = cell;
  for (const { start, end, declare } of nodes(program, (type) => type === "TSEnumDeclaration")) {
    if (declare !== true) continue;
    const written = code.slice(start, end).replace(/^declare/, "       ");
    code = code.slice(0, start) + written + code.slice(end);
  }
  return code === cell.code ? cell : { ...cell, code };
}
