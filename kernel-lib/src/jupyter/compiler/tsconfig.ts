import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** What cells are checked with where the user's tsconfig.json says nothing else. */
function defaults(cwd: string, types: unknown): Record<string, unknown> {
  // The checker's tsconfig.json lies elsewhere, so that `types` must be found from the notebook's folder upwards.
  const packages = foldersUp(cwd).map((folder) => path.join(folder, "node_modules"));
  const scoped = packages.map((folder) => path.join(folder, "@types"));
  return {
    strict: true,
    target: "es2022",
    lib: ["es2023"],
    types: ["node"],
    typeRoots: [...scoped, ownTypes(), ...(Array.isArray(types) && !types.includes("*") ? packages : [])],
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
  rootDir: null,
  outDir: null,
  tsBuildInfoFile: null,
};

/** A user's tsconfig.json and the options that it sets, itself or by `extends`. */
export interface UserTsconfig {
  readonly file: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The user's tsconfig.json: the nearest in `cwd` or a folder above. */
export function findTsconfig(cwd: string): string | undefined {
  return foldersUp(cwd)
    .map((folder) => path.join(folder, "tsconfig.json"))
    .find((file) => existsSync(file));
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
  return JSON.stringify({
    ...(user ? { extends: user.file } : {}),
    compilerOptions: { ...Object.fromEntries(missing), ...forced },
    files,
    include: [],
    references: [],
  });
}

function foldersUp(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUp(parent)];
}

/** The kernel's own types of Node.js, for folders without any. */
function ownTypes(): string {
  return path.dirname(path.dirname(createRequire(__filename).resolve("@types/node/package.json")));
}
