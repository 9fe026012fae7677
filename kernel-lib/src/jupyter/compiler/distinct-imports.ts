import type { CellSyntax } from "./declarations";

/**
 * An import that tells a cell apart from others whose specifiers are the same to the checker, but resolve differently;
 * "" where the specifiers say it all.
 *
 * Where a file's specifiers stay the same, the checker keeps what it has resolved, and does not find what has come to
 * be resolved in another way: by `require` and not by `import`, or by `resolution-mode`. All specifiers written as
 * templates are the same to it. The import means the file `target`, whatever it tells apart.
 */
export function distinctImport({ declarations, templates }: CellSyntax, target: string): string {
  const resolved = declarations.flatMap((one) => {
    if (one.kind !== "import") return [];
    if (one.imported === "=") return [`require ${one.source}`];
    return one.attributes === "" ? [] : [`${one.source} ${one.attributes}`];
  });
  if (resolved.length + templates.length === 0) return "";
  const text = JSON.stringify([resolved, templates]);
  return `import "./${Buffer.from(text).toString("base64url")}/../${target}";`;
}
