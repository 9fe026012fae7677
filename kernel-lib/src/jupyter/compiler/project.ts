import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { FileStamps } from "./file-stamps";
import { type PathMapping, pathMapping } from "./paths";
import { positionAt } from "./positions";
import type { Problem } from "./protocol";
import type { Scope } from "./scope";
import { StandardLibrary } from "./standard-library";
import { cellOptions, cellTsconfig, librariesOf, type UserTsconfig, watchedTsconfigs } from "./tsconfig";
import { Workspace } from "./workspace";

/** No inputs were found: of a user's tsconfig.json only the options count. */
const noInputs = 18003;

/** The checker's files for the cells of a notebook in a folder, with the options of the user's tsconfig.json. */
export class Project {
  readonly workspace: Workspace;
  /** The cell that is to be run. */
  readonly cellFile: string;
  /** The cell in which completion or inspection was asked for. */
  readonly scratchFile: string;
  /** Options that cells have by the user's tsconfig.json. */
  options: Readonly<Record<string, unknown>> = {};
  private tsconfigs = new FileStamps();
  private library: StandardLibrary | undefined;
  private readonly libraryFile: string;

  private constructor(readonly cwd: string) {
    this.workspace = new Workspace(cwd, path.join(path.parse(cwd).root, "__notebook_tsconfig.json"));
    this.libraryFile = this.workspace.file("__notebook_library.d.ts");
    this.cellFile = this.workspace.file("__notebook_cell.ts");
    this.scratchFile = this.workspace.file("__notebook_scratch.ts");
  }

  /**
   * Starts a checker.
   *
   * @param prelude names and texts of the prelude's files
   * @param emptyCell the text of a cell without code
   * @returns the project, and what is wrong with the user's tsconfig.json
   */
  static async open(
    cwd: string,
    prelude: Scope["prelude"],
    emptyCell: string,
  ): Promise<{ project: Project; warnings: string[] }> {
    const project = new Project(cwd);
    const { workspace } = project;
    // The checker looks for the project of a file that is opened: without ours it would load all of the user's.
    workspace.set(workspace.configFile, cellTsconfig(cwd, project.roots));
    project.setLibraries(librariesOf({}));
    for (const [name, text] of prelude) workspace.set(workspace.file(name), text);
    workspace.set(project.cellFile, emptyCell);
    workspace.set(project.scratchFile, emptyCell);
    return { project, warnings: await project.configure() };
  }

  /** Takes in what changed in the user's tsconfig.json files, and returns what is wrong with them now. */
  async refresh(): Promise<string[]> {
    if (this.tsconfigs.changes().length === 0) return [];
    // A checker keeps what it has read of a tsconfig.json that another extends.
    await this.workspace.close();
    return this.configure();
  }

  private async configure(): Promise<string[]> {
    const { workspace, cwd } = this;
    const watched = watchedTsconfigs(cwd);
    this.tsconfigs = new FileStamps();
    for (const file of watched) this.tsconfigs.add(file);
    const userFile = watched.find((file) => existsSync(file));
    const user = userFile === undefined ? undefined : await this.readUser(userFile);
    workspace.set(workspace.configFile, cellTsconfig(cwd, this.roots, user));
    this.setLibraries(librariesOf(user?.options ?? {}));
    await workspace.ask((checker) => checker.diagnostics(this.cellFile));
    this.options = user ? cellOptions(cwd, user) : {};
    const problems = user ? await this.problemsOf(user) : [];
    await this.addLibraries();
    return problems;
  }

  /**
   * What is wrong with the cell.
   *
   * @param reachesMore whether it may bring more of the standard library with it
   */
  async cellProblems(reachesMore: boolean): Promise<readonly Problem[]> {
    const ask = () => this.workspace.ask((checker) => checker.diagnostics(this.cellFile));
    const problems = await ask();
    return reachesMore && (await this.addLibraries()) ? ask() : problems;
  }

  /**
   * Takes in the libraries that files refer to which the cells have come to reach.
   *
   * @returns whether the cells now know more than before
   */
  private async addLibraries(): Promise<boolean> {
    if (!this.library?.addReferenced(await this.workspace.ask((checker) => checker.files()))) return false;
    this.workspace.set(this.libraryFile, this.library.text);
    return true;
  }

  private setLibraries(libs: readonly string[] | undefined): void {
    if (libs !== undefined && String(libs) === String(this.library?.libs)) return;
    this.library = libs && new StandardLibrary(libs);
    this.workspace.set(this.libraryFile, this.library?.text ?? "");
  }

  /** Which files imports by a name mean. */
  get paths(): PathMapping | undefined {
    return pathMapping(this.options);
  }

  private get roots(): string[] {
    return [this.libraryFile, this.cellFile, this.scratchFile];
  }

  /** Where a tsconfig.json can't be understood, the default options take its place. */
  private async problemsOf(user: UserTsconfig): Promise<string[]> {
    const { workspace, cwd } = this;
    const problems = (await workspace.ask((checker) => checker.configProblems())).filter(
      ({ code }) => code !== noInputs,
    );
    const warnings = problems.map(({ file = user.file, ...problem }) =>
      warning(
        cwd,
        file === workspace.configFile ? { ...problem, file: user.file, pos: -1 } : { ...problem, file },
      ),
    );
    if (problems.some(({ parsing }) => parsing)) {
      workspace.set(workspace.configFile, cellTsconfig(cwd, this.roots));
      this.setLibraries(librariesOf({}));
      this.options = {};
      const name = path.relative(cwd, user.file);
      warnings.push(`Until ${name} is corrected, cells are checked with the default options.`);
    }
    return warnings;
  }

  private async readUser(file: string): Promise<UserTsconfig> {
    return { file, options: await this.workspace.ask((checker) => checker.configOptions(file)) };
  }
}

/** `tsconfig.json:3:5: TS5023: Unknown compiler option 'foo'.` */
function warning(
  cwd: string,
  { file, pos, code, text }: { file: string; pos: number; code: number; text: string },
): string {
  const name = path.relative(cwd, file);
  // The checker leaves open which files extend each other.
  const said = text.replace(": {0}", ": a file that it extends extends it in turn.");
  const shortened = said.length > 300 ? `${said.slice(0, 300)}…` : said;
  if (pos < 0) return `${name}: TS${code}: ${shortened}`;
  const { line, character } = positionAt(readFileSync(file, "utf8"), pos);
  return `${name}:${line + 1}:${character + 1}: TS${code}: ${shortened}`;
}
