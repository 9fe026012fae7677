import { readFileSync } from "node:fs";
import path from "node:path";
import { positionAt } from "./positions";
import type { Scope } from "./scope";
import { cellTsconfig, findTsconfig, type UserTsconfig } from "./tsconfig";
import { Workspace } from "./workspace";

/** No inputs were found: of a user's tsconfig.json only the options count. */
const noInputs = 18003;

/** The checker's files for the cells of a notebook in a folder. */
export interface Project {
  readonly workspace: Workspace;
  /** The cell that is to be run. */
  readonly cellFile: string;
  /** The cell in which completion or inspection was asked for. */
  readonly scratchFile: string;
  /** Options of the user's tsconfig.json. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What is wrong with the user's tsconfig.json. */
  readonly warnings: readonly string[];
}

/**
 * Starts a checker with the options of the user's tsconfig.json.
 *
 * @param prelude names and texts of the prelude's files
 * @param emptyCell the text of a cell without code
 */
export async function openProject(
  cwd: string,
  prelude: Scope["prelude"],
  emptyCell: string,
): Promise<Project> {
  const workspace = new Workspace(cwd, path.join(path.parse(cwd).root, "__notebook_tsconfig.json"));
  const files = {
    cellFile: workspace.file("__notebook_cell.ts"),
    scratchFile: workspace.file("__notebook_scratch.ts"),
  };
  const roots = Object.values(files);
  const userFile = findTsconfig(cwd);
  const user = userFile ? await readUser(workspace, userFile) : undefined;
  workspace.set(workspace.configFile, cellTsconfig(cwd, roots, user));
  for (const [name, text] of prelude) workspace.set(workspace.file(name), text);
  workspace.set(files.cellFile, emptyCell);
  workspace.set(files.scratchFile, emptyCell);
  await workspace.ask((checker) => checker.diagnostics(files.cellFile));
  if (!user) return { workspace, ...files, options: {}, warnings: [] };

  const problems = (await workspace.ask((checker) => checker.configProblems())).filter(
    ({ code }) => code !== noInputs,
  );
  const broken = problems.some(({ parsing }) => parsing);
  const warnings = problems.map(({ file = user.file, ...problem }) =>
    warning(
      cwd,
      file === workspace.configFile ? { ...problem, file: user.file, pos: -1 } : { ...problem, file },
    ),
  );
  if (broken) {
    workspace.set(workspace.configFile, cellTsconfig(cwd, roots));
    warnings.push(
      "Cells are checked with the default options until tsconfig.json is corrected and the kernel restarted.",
    );
  }
  return { workspace, ...files, options: broken ? {} : user.options, warnings };
}

async function readUser(workspace: Workspace, file: string): Promise<UserTsconfig> {
  return { file, options: await workspace.ask((checker) => checker.configOptions(file)) };
}

/** `tsconfig.json:3:5: TS5023: Unknown compiler option 'foo'.` */
function warning(
  cwd: string,
  { file, pos, code, text }: { file: string; pos: number; code: number; text: string },
): string {
  const name = path.relative(cwd, file);
  const shortened = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  if (pos < 0) return `${name}: TS${code}: ${shortened}`;
  const { line, character } = positionAt(readFileSync(file, "utf8"), pos);
  return `${name}:${line + 1}:${character + 1}: TS${code}: ${shortened}`;
}
