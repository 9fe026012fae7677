import { readFileSync } from "node:fs";
import path from "node:path";
import { type FileChange, FileStamps, isFile } from "./file-stamps";
import type { Oxc } from "./oxc";
import { mappedPaths, type PathMapping } from "./paths";

/** What TypeScript tries after a specifier without an extension, in its order. */
const extensions = [".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".json"];

/** What TypeScript reads in place of a JavaScript file that is named. */
const sources: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".d.ts"],
  ".mjs": [".mts", ".d.mts"],
  ".cjs": [".cts", ".d.cts"],
};

/** The user's own modules that cells import, and what became of them on disk. */
export class LocalModules {
  private readonly stamps = new FileStamps();

  constructor(
    private readonly oxc: Oxc,
    private readonly cwd: string,
  ) {}

  /** What changed since the last call, among all modules that any cell has imported. */
  changes(): FileChange[] {
    const changes = this.stamps.changes();
    for (const { file, change } of changes) if (change === "deleted") this.stamps.delete(file);
    return changes;
  }

  /**
   * The modules that a cell reaches by relative imports and by `paths` of tsconfig.json, each once, imported ones before
   * those that import them.
   *
   * @returns the modules, and which of them no cell has reached before
   */
  reached(
    specifiers: readonly string[],
    paths: PathMapping | undefined,
  ): { modules: readonly string[]; created: FileChange[] } {
    const modules: string[] = [];
    const created: FileChange[] = [];
    const seen = new Set<string>();
    const visit = (folder: string, names: readonly string[]): void => {
      for (const name of names) {
        const file = resolve(folder, name, paths);
        if (file === undefined || seen.has(file)) continue;
        seen.add(file);
        if (!this.stamps.has(file)) created.push({ file, change: "created" });
        this.stamps.add(file);
        visit(path.dirname(file), this.specifiersOf(file));
        modules.push(file);
      }
    };
    visit(this.cwd, specifiers);
    return { modules, created };
  }

  private specifiersOf(file: string): string[] {
    if (file.endsWith(".json")) return [];
    const { module } = this.oxc.parse(file, readFileSync(file, "utf8"), { sourceType: "module" });
    return [
      ...module.staticImports.map((one) => one.moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
      ),
    ];
  }
}

/** Whether a module's own code is checked: TypeScript, not declarations, JavaScript or JSON. */
export function isTypeScript(file: string): boolean {
  return /\.[mc]?tsx?$/.test(file) && !/\.d\.[mc]?ts$/.test(file);
}

function isRelative(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || specifier === "." || specifier === "..";
}

function resolve(folder: string, specifier: string, paths: PathMapping | undefined): string | undefined {
  if (isRelative(specifier)) return resolvePath(path.resolve(folder, specifier));
  const files = mappedPaths(specifier, paths).map(resolvePath);
  return files.find((file) => file !== undefined && !file.split(path.sep).includes("node_modules"));
}

function resolvePath(target: string): string | undefined {
  const extension = path.extname(target);
  const stem = target.slice(0, target.length - extension.length);
  const candidates = [
    ...(sources[extension] ?? []).map((source) => stem + source),
    target,
    ...extensions.map((one) => target + one),
    ...extensions.map((one) => path.join(target, `index${one}`)),
  ];
  return candidates.find(isFile);
}
