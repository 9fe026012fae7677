import path from "node:path";
import { mappedPaths, type PathMapping } from "./paths";

/** What TypeScript's messages of some numbers don't say: what to do in a notebook. */
const advice: Readonly<
  Record<number, (message: string, cwd: string, paths: PathMapping | undefined) => string>
> = {
  1108: () => "A cell shows its last expression; write that without return.",
  2307: whereLooked,
  2792: whereLooked,
  6142: () => "JSX is not supported in notebooks.",
  7016: (message) => {
    const name = quoted(message);
    const types = name.replace(/^@([^/]+)\//, "$1__").split("/")[0];
    return `Install its types (npm install @types/${types}), or take it without types: require("${name}").`;
  },
};

/**
 * A message of the type checker with what it means for a cell of a notebook in the folder `cwd`.
 *
 * @param paths which files imports by a name mean
 */
export function withAdvice(
  code: number,
  message: string,
  cwd: string,
  paths: PathMapping | undefined,
): string {
  const more = advice[code]?.(message, cwd, paths);
  return more === undefined ? message : `${message} ${more}`;
}

function whereLooked(message: string, cwd: string, paths: PathMapping | undefined): string {
  const specifier = quoted(message);
  if (/^\.{0,2}(\/|$)/.test(specifier))
    return `There is no such file in ${path.dirname(path.resolve(cwd, specifier))}.`;
  const mapped = mappedPaths(specifier, paths);
  return mapped.length > 0
    ? `By paths in tsconfig.json it is ${mapped.join(" or ")}, but there is no such file.`
    : `No folder node_modules in ${cwd} or above has it: npm install ${packageName(specifier)}.`;
}

/** `a` of `a/b`, and `@a/b` of `@a/b/c`. */
function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function quoted(message: string): string {
  return /'([^']+)'/.exec(message)?.[1] ?? "";
}
