import { pathToFileURL } from "node:url";
import { startCheckerServer } from "./checker-server";
import { Documents } from "./documents";
import type { LanguageServer } from "./language-server";
import type {
  CompletionItem,
  ConfigProblem,
  OffsetProblem,
  Position,
  Problem,
  SignatureHelp,
} from "./protocol";

type Api = import("typescript/unstable/async", { with: { "resolution-mode": "import" }}).API<true>;
type Project = import("typescript/unstable/async", { with: { "resolution-mode": "import" }}).Project;
type Snapshot = import("typescript/unstable/async", { with: { "resolution-mode": "import" }}).Snapshot;

/** So many changes of files, each of which leaves garbage behind, may come without a rest between them. */
const changesPerCollection = 56;

/** `typeToString` flag: print the whole type, however long. */
const noTruncation = 1;

/**
 * TypeScript's native checker, over files that exist only in its memory.
 *
 * It runs as a language server, whose diagnostics, completion, hover and signature help come by LSP; types and symbols
 * come by TypeScript's API on the same snapshot. This is the only module that knows TypeScript's unstable API.
 */
export class Checker {
  private readonly server: LanguageServer;
  private readonly documents: Documents;
  private readonly api: Promise<Api>;
  /** Changes of files since garbage was last collected. */
  private changes = 0;
  private projectOpened = false;

  /**
   * @param configFile path of the tsconfig.json; that and the files it names are given by `set`. It lies in the root
   * folder: opening a tsconfig.json makes the server look for another one in the folders above.
   */
  constructor(
    readonly cwd: string,
    readonly configFile: string,
  ) {
    this.server = startCheckerServer(cwd, configFile);
    this.documents = new Documents(this.server);
    // Before the first file is given, which the server takes long to read.
    this.api = this.connect();
    this.api.catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.server.pid;
  }

  /** Gives a file its text, in the checker's memory only. */
  set(file: string, text: string): void {
    if (this.documents.set(file, text)) this.changes += 1;
  }

  /** Tells of files that changed on disk. */
  changedOnDisk(
    files: readonly { readonly file: string; readonly change: "created" | "changed" | "deleted" }[],
  ): void {
    const types = { created: 1, changed: 2, deleted: 3 };
    this.server.notify("workspace/didChangeWatchedFiles", {
      changes: files.map(({ file, change }) => ({ uri: pathToFileURL(file).href, type: types[change] })),
    });
  }

  /** Errors of a file, by the parser and by the type checker. */
  async diagnostics(file: string): Promise<readonly Problem[]> {
    const report = (await this.ask("textDocument/diagnostic", file)) as { items?: Problem[] } | null;
    if (this.changes >= changesPerCollection) this.collectGarbage();
    return (report?.items ?? []).filter(({ severity = 1 }) => severity === 1);
  }

  async completions(file: string, position: Position): Promise<readonly CompletionItem[]> {
    const list = (await this.ask("textDocument/completion", file, { position })) as
      | { items: CompletionItem[] }
      | CompletionItem[]
      | null;
    return Array.isArray(list) ? list : (list?.items ?? []);
  }

  /** Takes in what changed, without checking anything. */
  async update(file: string): Promise<void> {
    await this.ask("textDocument/foldingRange", file);
  }

  /** Markdown about the name at a position. */
  async hover(file: string, position: Position): Promise<string | undefined> {
    const hover = (await this.ask("textDocument/hover", file, { position })) as {
      contents: { value: string };
    } | null;
    return hover?.contents.value;
  }

  async signatureHelp(file: string, position: Position): Promise<SignatureHelp | undefined> {
    const help = (await this.ask("textDocument/signatureHelp", file, { position })) as SignatureHelp | null;
    return help ?? undefined;
  }

  /** The types of the names at the offsets of a file, written as the file itself could write them. */
  async types(file: string, offsets: readonly number[]): Promise<(string | undefined)[]> {
    return this.withProject(async ({ checker, program }) => {
      const [types, sourceFile] = await Promise.all([
        checker.getTypeAtPosition(file, offsets),
        program.getSourceFile(file),
      ]);
      return Promise.all(
        types.map((type) =>
          type && !type.isErrorType() ? checker.typeToString(type, sourceFile, noTruncation) : undefined,
        ),
      );
    });
  }

  /** Whether the imported names at the offsets of a file stand for values, not for types alone. */
  async areValues(file: string, offsets: readonly number[]): Promise<boolean[]> {
    const { SymbolFlags } = await import("typescript/unstable/async");
    return this.withProject(async ({ checker }) => {
      const symbols = await checker.getSymbolAtPosition(file, offsets);
      return Promise.all(
        symbols.map(async (symbol) => {
          if (!symbol) return true;
          const target = symbol.flags & SymbolFlags.Alias ? await checker.getAliasedSymbol(symbol) : symbol;
          return (await checker.isUnknownSymbol(target)) || (target.flags & SymbolFlags.Value) !== 0;
        }),
      );
    });
  }

  /** Which of the names mean something everywhere, in every file. */
  async globals(file: string, names: readonly string[]): Promise<Set<string>> {
    const { SymbolFlags } = await import("typescript/unstable/async");
    const meaning = SymbolFlags.Value | SymbolFlags.Type | SymbolFlags.Namespace;
    return this.withProject(async ({ checker }) => {
      const location = { document: file, position: 0 };
      const found = await Promise.all(names.map((name) => checker.resolveName(name, meaning, location)));
      return new Set(names.filter((_, index) => found[index] !== undefined));
    });
  }

  /** The paths of all files that the cells reach. */
  async files(): Promise<readonly string[]> {
    return this.withProject(({ program }) => program.getSourceFileNames());
  }

  /** What is wrong with the project's tsconfig.json and those it extends. */
  async configProblems(): Promise<readonly ConfigProblem[]> {
    return this.withProject(async ({ program }) => {
      const [parsing, options] = await Promise.all([
        program.getConfigFileParsingDiagnostics(),
        program.getProgramDiagnostics(),
      ]);
      const problem = (parsed: boolean) => (one: (typeof parsing)[number]) => ({
        file: one.fileName,
        pos: one.pos,
        end: one.end,
        code: one.code,
        text: one.text,
        parsing: parsed,
      });
      return [...parsing.map(problem(true)), ...options.map(problem(false))];
    });
  }

  /** The options that a tsconfig.json sets, itself or by what it extends. */
  async configOptions(file: string): Promise<Record<string, unknown>> {
    const api = await this.api;
    return (await this.server.whileAlive(api.parseConfigFile(file))).options;
  }

  /** Errors of a module on disk that belongs to the project; offsets count UTF-16 code units. */
  async moduleDiagnostics(file: string): Promise<readonly OffsetProblem[]> {
    return this.withProject(async ({ program }) => {
      const [syntactic, semantic] = await Promise.all([
        program.getSyntacticDiagnostics(file),
        program.getSemanticDiagnostics(file),
      ]);
      const problems = syntactic.length > 0 ? syntactic : semantic;
      return problems
        .filter(({ category }) => category === 1)
        .map(({ pos, end, code, text }) => ({ pos, end, code, text }));
    });
  }

  /** Frees what earlier changes left behind, which the checker by itself does late. */
  collectGarbage(): void {
    if (this.changes > 0) this.server.start("custom/runGC");
    this.changes = 0;
  }

  async close(): Promise<void> {
    this.server.kill("closed");
    const api = await this.api.catch(() => undefined);
    await api?.close().catch(() => undefined);
  }

  private ask(method: string, file: string, more: object = {}): Promise<unknown> {
    return this.server.request(method, { textDocument: { uri: pathToFileURL(file).href }, ...more });
  }

  private async withProject<Result>(use: (project: Project) => Promise<Result>): Promise<Result> {
    const api = await this.api;
    const opening = this.projectOpened ? {} : { openProjects: [this.configFile] };
    // The API's connection does not notice when its server ends.
    const snapshot: Snapshot = await this.server.whileAlive(api.updateSnapshot(opening));
    this.projectOpened = true;
    try {
      const project = snapshot.getProject(this.configFile);
      if (!project) throw new Error(`The type checker has no project ${this.configFile}`);
      return await this.server.whileAlive(use(project));
    } finally {
      await this.server.whileAlive(snapshot.dispose());
    }
  }

  private async connect(): Promise<Api> {
    const [{ API }, session] = await Promise.all([
      import("typescript/unstable/async"),
      this.server.request("custom/initializeAPISession", {}) as Promise<{ pipe: string }>,
    ]);
    return this.server.whileAlive(API.fromLSPConnection({ pipe: session.pipe }));
  }
}
