import path from "node:path";

/** `paths` of a tsconfig.json: the files that an import by a name may mean. */
export interface PathMapping {
  /** The folder that targets are relative to. */
  readonly folder: string;
  /** Targets, in the order in which they are tried, by name; `*` stands for the same text in the name and in each. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
}

/** @param options those that tsconfig.json sets; undefined where `paths` is not among them */
export function pathMapping({
  paths,
  pathsBasePath,
  baseUrl = pathsBasePath,
}: Readonly<Record<string, unknown>>): PathMapping | undefined {
  if (typeof paths !== "object" || paths === null || typeof baseUrl !== "string") return undefined;
  return { folder: baseUrl, targets: paths as PathMapping["targets"] };
}

/** `paths` that means the same in a tsconfig.json of any folder. */
export function absolutePaths({ folder, targets }: PathMapping): PathMapping["targets"] {
  return Object.fromEntries(
    Object.entries(targets).map(([key, files]) => [key, files.map((file) => path.resolve(folder, file))]),
  );
}

/**
 * The absolute paths that a name stands for, in the order in which they are tried, as TypeScript finds them: an exact
 * name goes before a pattern, and of the patterns the one with the longest text before its `*` counts alone.
 */
export function mappedPaths(specifier: string, mapping: PathMapping | undefined): string[] {
  if (mapping === undefined) return [];
  const { folder, targets } = mapping;
  const resolve = (key: string, star: string) =>
    (targets[key] ?? []).map((target) =>
      path.resolve(
        folder,
        target.replace("*", () => star),
      ),
    );
  if (Object.hasOwn(targets, specifier)) return resolve(specifier, "*");
  const matching = Object.keys(targets)
    .map((key) => ({ key, parts: key.split("*") as [string, string] }))
    .filter(({ parts }) => parts.length === 2 && matches(specifier, parts))
    .sort((a, b) => b.parts[0].length - a.parts[0].length);
  const [best] = matching;
  if (best === undefined) return [];
  const [before, after] = best.parts;
  return resolve(best.key, specifier.slice(before.length, specifier.length - after.length));
}

function matches(specifier: string, [before, after]: [string, string]): boolean {
  return (
    specifier.length >= before.length + after.length &&
    specifier.startsWith(before) &&
    specifier.endsWith(after)
  );
}
