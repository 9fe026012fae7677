import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ownPaths } from "../own-package";
import { absolutePaths, pathMapping } from "./paths";

/** The standard library of cells where the user's tsconfig.json names none. */
const defaultLibraries = ["es2023"];

/** What cells are checked with where the user's tsconfig.json says nothing else. */
function defaults(cwd: string, types: unknown): Record<string, unknown> {
  return {
    strict: true,
    target: "es2022",
    lib: defaultLibraries,
    types: ["node"],
    typeRoots: [...typesFolders(cwd), ...(isNamed(types) ? packageFolders(cwd) : [])],
    esModuleInterop: true,
    resolveJsonModule: true,
    allowJs: true,
  };
}

/** What a cell needs, whatever the user's tsconfig.json says: a module that is only checked, and continued later. */
const forced = {
  module: "preserve",
  moduleResolution: "bundler",
  moduleDetection: "force",
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  verbatimModuleSyntax: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  emitDeclarationOnly: false,
  isolatedDeclarations: false,
  sourceMap: false,
  inlineSourceMap: false,
  inlineSources: false,
  // The kernel brings what lowered code calls, so that no tslib need be installed.
  importHelpers: false,
  rootDir: null,
  outDir: null,
  tsBuildInfoFile: null,
};

/** The oldest JavaScript that cells are checked for, as the checker numbers it. */
const es2022 = 9;

/**
 * What takes the place of the user's options, because cells run in Node.js and not where the user's code may run: an
 * older target would refuse what Node.js can do, as `await` at the top, and types without Node.js' own `console`. Class
 * fields stay what that target makes of them, assignments, unless the user says otherwise.
 */
function corrections(cwd: string, options: UserTsconfig["options"]): Record<string, unknown> {
  const { target, useDefineForClassFields = false, types = ["node"], typeRoots, noLib } = options;
  return {
    ...(typeof target === "number" && target < es2022 ? { target: "es2022", useDefineForClassFields } : {}),
    // `*` takes in Node.js' types too; and they are nothing without a library.
    ...(isNamed(types) && noLib !== true
      ? {
          types: [...types.filter((name) => name !== "node"), "node"],
          ...(Array.isArray(typeRoots) ? { typeRoots: [...typeRoots, ...typesFolders(cwd)] } : {}),
        }
      : {}),
  };
}

/** Whether `types` names packages, so that not all are meant. */
function isNamed(types: unknown): types is readonly string[] {
  return Array.isArray(types) && !types.includes("*");
}

/** The options that cells have by the user's tsconfig.json. */
export function cellOptions(cwd: string, { options }: UserTsconfig): UserTsconfig["options"] {
  return { ...options, ...corrections(cwd, options) };
}

/** A user's tsconfig.json and the options that it sets, itself or by `extends`. */
export interface UserTsconfig {
  readonly file: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The parts of the standard library that the options name, as `es2023`; undefined where the checker is to see to it. */
export function librariesOf({
  lib,
  noLib,
  libReplacement,
}: UserTsconfig["options"]): readonly string[] | undefined {
  if (noLib === true || libReplacement === true) return undefined;
  if (!Array.isArray(lib)) return defaultLibraries;
  // The checker gives the names of files.
  return lib.map((file: string) => file.replace(/^lib\.(.*)\.d\.ts$/, "$1"));
}

/**
 * The files that say with which options cells are checked: first the user's tsconfig.json, the nearest in `cwd` or a
 * folder above, with those that would be nearer if they existed; then the local files that it extends.
 */
export function watchedTsconfigs(cwd: string): string[] {
  const candidates = foldersUp(cwd).map((folder) => path.join(folder, "tsconfig.json"));
  const found = candidates.findIndex((file) => existsSync(file));
  if (found < 0) return candidates;
  return [...candidates.slice(0, found + 1), ...extendedBy(candidates[found]!, new Set())];
}

/** The local files that a tsconfig.json extends, directly or not. */
function extendedBy(file: string, seen: Set<string>): string[] {
  if (seen.has(file) || !existsSync(file)) return [];
  seen.add(file);
  const text = readFileSync(file, "utf8");
  const [, list = ""] = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/.exec(text) ?? [];
  const local = [...list.matchAll(/"(\.{0,2}\/[^"]*)"/g)].map(([, name]) =>
    path.resolve(path.dirname(file), name!),
  );
  const files = local.map((name) => (name.endsWith(".json") ? name : `${name}.json`));
  return files.flatMap((one) => [one, ...extendedBy(one, seen)]);
}

/**
 * The text of the tsconfig.json that cells are checked with.
 *
 * @param files the files that the checker starts from
 */
export function cellTsconfig(cwd: string, files: readonly string[], user?: UserTsconfig): string {
  const missing = Object.entries(defaults(cwd, user?.options.types)).filter(
    ([name]) => user?.options[name] === undefined,
  );
  const mapping = pathMapping(user?.options ?? {});
  // As they are, `${configDir}` would be the folder of the checker's tsconfig.json.
  const paths = { ...ownPaths(foldersUp(cwd)), ...(mapping && absolutePaths(mapping)) };
  return JSON.stringify({
    ...(user ? { extends: user.file } : {}),
    compilerOptions: {
      ...Object.fromEntries(missing),
      ...(user ? corrections(cwd, user.options) : {}),
      ...(Object.keys(paths).length > 0 ? { paths } : {}),
      ...forced,
      // A file of the kernel takes its place, except where packages replace it.
      ...(user?.options.libReplacement === true ? {} : { noLib: true, lib: null }),
    },
    files,
    include: [],
    references: [],
  });
}

function foldersUp(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUp(parent)];
}

/** The checker's tsconfig.json lies elsewhere, so that packages must be found from the notebook's folder upwards. */
function packageFolders(cwd: string): string[] {
  return foldersUp(cwd).map((folder) => path.join(folder, "node_modules"));
}

/** Where types are that `types` names; last the kernel's own of Node.js, for folders without any. */
function typesFolders(cwd: string): string[] {
  const own = path.dirname(path.dirname(createRequire(__filename).resolve("@types/node/package.json")));
  return [...packageFolders(cwd).map((folder) => path.join(folder, "@types")), own];
}
