import type { Declaration } from "./declarations";

/**
 * An import that tells apart texts which name the same modules, but by `import` in one and by `require` in the other;
 * "" where all are plain imports.
 *
 * The two may resolve to different files. Where a file's specifiers stay the same, the checker keeps what it has
 * resolved, and does not find those that have come to be resolved in the other way. The import means the file `target`,
 * whatever it tells apart.
 */
export function modesImport(declarations: readonly Declaration[], target: string): string {
  const resolved = declarations.flatMap((one) => {
    if (one.kind !== "import") return [];
    if (one.imported === "=") return [`require ${one.source}`];
    return one.attributes === "" ? [] : [`${one.source} ${one.attributes}`];
  });
  if (resolved.length === 0) return "";
  return `import "./${Buffer.from(resolved.join("\n")).toString("base64url")}/../${target}";`;
}
