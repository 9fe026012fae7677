import type { Compilation, CompiledCell, Compiler, Failed } from "./compiler/types";
import { writtenNames } from "./global-names";
import type { History } from "./history";
import { compileUnlessInterrupted } from "./interruptible-check";
import { readMagics } from "./magics/read";
import { inSource, rejectMagics, runMagics } from "./magics/run";
import { pageAbout, questionIn } from "./name-question";
import type { Output } from "./output";
import type { ErrorContent, ExecuteRequest, Json, Message, MimeBundle } from "./protocol";
import { describeRejection } from "./rejection";
import { interrupted, type MainThread } from "./remote-runner";
import { missingNamesScript } from "./runner/declared";
import { plainError } from "./runner/errors";
import { INTERRUPTED } from "./runner/interrupt";
import type { Outcome } from "./runner/messages";

/** A cell between its request and its reply. `count` is the N of `cell[N]`. */
type Cell = { id: number; count: number; stored: boolean; allowStdin: boolean };

/** What a script's evaluation needs to know of its making. */
type OfCompiled = Pick<CompiledCell, "sourceUrl" | "sourceMap"> & Partial<Pick<CompiledCell, "emitOptions">>;

/** Executes cells: type check, evaluation, the messages about both, and the content of the reply. */
export class Executor {
  #count = 0;
  #cells = 0;
  #cancelled = new AbortController();

  constructor(
    private readonly compiler: Promise<Compiler>,
    private readonly runner: MainThread,
    private readonly output: Output,
    private readonly history: History,
  ) {}

  get executionCount(): number {
    return this.#count;
  }

  /** Executes a request and returns the content of its reply. */
  async execute(request: Message<ExecuteRequest>): Promise<Json> {
    const {
      code,
      silent = false,
      store_history = true,
      allow_stdin = false,
      user_expressions,
    } = request.content;
    const stored = store_history && !silent;
    if (stored) this.#count++;
    const cell = {
      id: ++this.#cells,
      count: stored ? this.#count : this.#count + 1,
      stored,
      allowStdin: allow_stdin,
    };
    this.#cancelled = new AbortController();
    this.output.begin(cell.id, request);
    if (stored) this.history.add(cell.count, code);
    if (!silent) this.output.publish("execute_input", { code, execution_count: cell.count }, cell.id);
    const asked = questionIn(code);
    if (asked !== undefined) return this.#help(asked, cell);

    const outcome = await this.#run(code, cell);
    this.output.flush();
    if (outcome.status === "error") return this.#fail(outcome.error, cell);
    if (outcome.bundle !== undefined && !silent) this.#publishResult(JSON.parse(outcome.bundle), cell);
    const expressions = await this.#evaluateAll(user_expressions ?? {}, cell);
    return { status: "ok", execution_count: cell.count, user_expressions: expressions, payload: [] };
  }

  /** Interrupts the cell, whether it is being checked or running. */
  async interrupt(): Promise<void> {
    this.#cancelled.abort();
    await this.runner.interrupt();
  }

  async #run(code: string, cell: Cell): Promise<Outcome> {
    try {
      const compiler = await this.compiler;
      const magics = await readMagics(code, () => compiler.names());
      if (!magics) return await this.#runCode(code, cell, code);
      const refused = rejectMagics(code, `cell[${cell.count}]`, magics);
      if (refused) return { status: "error", error: describeRejection(refused) };
      return await runMagics(magics, {
        compiler,
        signal: this.#cancelled.signal,
        allowStdin: cell.allowStdin,
        check: async (plain) => this.#rejection(await compiler.compile(plain, cell), cell, plain, code),
        runCode: (part) => this.#runCode(part, cell, code),
        evaluate: (js) => this.#evaluate(js, OWN_SCRIPT, "", cell, "magic"),
        publish: (type, content) => this.output.publish(type, content, cell.id),
      });
    } catch (error) {
      return { status: "error", error: plainError("CompilerError", (error as Error).message) };
    }
  }

  /**
   * What is told of code that the compiler refused, after its warnings.
   * @param source the whole cell as its user wrote it
   */
  #rejection(compilation: Compilation, cell: Cell, code: string, source: string): Outcome | undefined {
    for (const warning of compilation.warnings)
      this.output.publish("stream", { name: "stderr", text: `${warning}\n` }, cell.id);
    return compilation.ok
      ? undefined
      : { status: "error", error: describeRejection(inSource(compilation, code, source)) };
  }

  /**
   * Checks and runs code as a cell, or as a part of one.
   * @param source the whole cell as its user wrote it
   */
  async #runCode(code: string, cell: Cell, source: string): Promise<Outcome> {
    const compiler = await this.compiler;
    const compilation = await compileUnlessInterrupted(compiler, code, cell, this.#cancelled.signal);
    if (!compilation) return interrupted();
    const rejection = this.#rejection(compilation, cell, code, source);
    if (rejection || !compilation.ok) return rejection!;
    if (this.#cancelled.signal.aborted) {
      await compiler.commit(compilation, { failure: "was interrupted", undeclared: compilation.bindings });
      return interrupted();
    }
    const outcome = await this.#evaluate(
      compilation.js,
      compilation,
      source,
      cell,
      cell.stored ? `cell[${cell.count}]` : "cell[*]",
    );
    if (outcome.status === "ok") {
      await compiler.commit(compilation);
      return outcome;
    }
    await compiler.commit(compilation, await this.#failed(outcome.error, compilation, cell));
    return { ...outcome, error: this.#explain(outcome.error, compiler, cell) };
  }

  /** Notes a cell that is not run because the one before it failed. */
  async skip({ content }: Message<ExecuteRequest>): Promise<void> {
    if (typeof content.code !== "string") return;
    const compiler = await this.compiler;
    const magics = await readMagics(content.code, () => compiler.names());
    compiler.skip(magics?.plain ?? content.code, { count: this.#count });
  }

  /** What a cell that failed has not declared. */
  async #failed({ ename }: ErrorContent, compilation: CompiledCell, cell: Cell): Promise<Failed> {
    const { bindings, again } = compilation;
    const failure = ename === INTERRUPTED.ename ? "was interrupted" : "threw";
    if (bindings.length === 0) return { failure, undeclared: [] };
    const js = missingNamesScript(bindings, again);
    const asked = await this.#evaluate(js, compilation, "", cell, "names");
    const bundle = asked.status === "ok" ? (JSON.parse(asked.bundle ?? "{}") as MimeBundle) : {};
    return { failure, undeclared: (bundle["application/json"] ?? bindings) as string[] };
  }

  /** Says of a name without a value which cell would have given it one. */
  #explain(error: ErrorContent, compiler: Compiler, cell: Cell): ErrorContent {
    if (error.ename !== "ReferenceError") return error;
    const written = writtenNames(error.evalue);
    const name = /^(?:Cannot access '([^']+)' before|(\S+) is not defined)/.exec(written);
    const why = name ? compiler.explain((name[1] ?? name[2])!, cell) : undefined;
    const evalue = why === undefined ? written : `${written}. ${why}`;
    return {
      ...error,
      evalue,
      traceback: error.traceback.map((line) => line.replace(error.evalue, () => evalue)),
    };
  }

  #evaluate(
    js: string,
    { sourceUrl, sourceMap, emitOptions }: OfCompiled,
    source: string,
    cell: Cell,
    file: string,
  ): Promise<Outcome> {
    const evaluation = this.runner.nextEvaluation();
    // Only a stored cell has a number of its own, and only as a whole: no script may take the place of another's.
    const whole = file === `cell[${cell.count}]` && sourceMap.sourcesContent[0] === source;
    const script = whole ? sourceUrl : `${sourceUrl}-${evaluation}`;
    const named = js.replace(/\/\/# sourceURL=.*\s*$/, `//# sourceURL=${script}`);
    const { id, allowStdin } = cell;
    return this.runner.run({
      type: "evaluate",
      evaluation,
      cell: id,
      js: named,
      sourceUrl: script,
      file,
      source,
      sourceMap,
      emitOptions,
      allowStdin,
    });
  }

  async #evaluateAll(expressions: Record<string, string>, cell: Cell): Promise<Json> {
    const results: Json = {};
    for (const [name, code] of Object.entries(expressions)) {
      const compilation = await (await this.compiler).compile(code, { count: cell.count });
      const outcome = compilation.ok
        ? await this.#evaluate(compilation.js, compilation, code, cell, "expression")
        : { status: "error" as const, error: describeRejection(compilation) };
      results[name] =
        outcome.status === "ok"
          ? { status: "ok", data: JSON.parse(outcome.bundle ?? '{"text/plain":"undefined"}'), metadata: {} }
          : { status: "error", ...outcome.error };
    }
    return results;
  }

  async #help(name: string, cell: Cell): Promise<Json> {
    const page = await pageAbout(await this.compiler, name);
    if (!page) return this.#fail(plainError("ReferenceError", `nothing is known of ${name}`), cell);
    return { status: "ok", execution_count: cell.count, user_expressions: {}, payload: [page] };
  }

  #publishResult(data: MimeBundle, cell: Cell): void {
    const text = data["text/plain"];
    if (cell.stored && typeof text === "string") this.history.setOutput(cell.count, text);
    this.output.publish("execute_result", { execution_count: cell.count, data, metadata: {} }, cell.id);
  }

  #fail(error: ErrorContent, cell: Cell): Json {
    this.output.publish("error", error, cell.id);
    return { status: "error", execution_count: cell.count, ...error, user_expressions: {}, payload: [] };
  }
}

/** A script of the kernel's own, which no line of a cell stands for. */
const OWN_SCRIPT = {
  sourceUrl: "magic.js",
  sourceMap: {
    version: 3,
    file: "",
    sources: [],
    sourcesContent: [],
    names: [],
    mappings: "",
    sourceRoot: "",
  },
};
