import type { Compilation, Compiler, RejectedCell } from "./compiler/compiler";
import type { History } from "./history";
import type { Output } from "./output";
import type { ErrorContent, ExecuteRequest, Json, Message, MimeBundle } from "./protocol";
import { interrupted, type RemoteRunner } from "./remote-runner";
import { plainError } from "./runner/errors";
import type { Outcome } from "./runner/messages";

/** A cell between its request and its reply. `count` is the N of `cell[N]`. */
type Cell = { id: number; count: number; stored: boolean; allowStdin: boolean };

/** Executes cells: type check, evaluation, the messages about both, and the content of the reply. */
export class Executor {
  #count = 0;
  #cells = 0;
  #evaluations = 0;
  #interrupted = false;

  constructor(
    private readonly compiler: Promise<Compiler>,
    private readonly runner: RemoteRunner,
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
    this.#interrupted = false;
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
    this.#interrupted = true;
    await this.runner.interrupt();
  }

  async #run(code: string, cell: Cell): Promise<Outcome> {
    let compilation: Compilation;
    try {
      compilation = await (await this.compiler).compile(code, { count: cell.count });
    } catch (error) {
      return { status: "error", error: plainError("CompilerError", (error as Error).message) };
    }
    for (const warning of compilation.warnings)
      this.output.publish("stream", { name: "stderr", text: `${warning}\n` }, cell.id);
    if (!compilation.ok) return { status: "error", error: describeRejection(compilation) };
    if (this.#interrupted) return interrupted();
    const outcome = await this.#evaluate(
      compilation.js,
      compilation,
      code,
      cell,
      cell.stored ? `cell[${cell.count}]` : "cell[*]",
    );
    await (await this.compiler).commit(compilation);
    return outcome;
  }

  #evaluate(
    js: string,
    { sourceUrl, sourceMap }: Extract<Compilation, { ok: true }>,
    source: string,
    cell: Cell,
    file: string,
  ): Promise<Outcome> {
    const evaluation = ++this.#evaluations;
    // Only a stored cell has a number of its own; another one's script must not take the place of a stored one's.
    const script = file === `cell[${cell.count}]` ? sourceUrl : `${sourceUrl}-${evaluation}`;
    const named = js.replace(/\/\/# sourceURL=.*\s*$/, `//# sourceURL=${script}`);
    const { id, allowStdin } = cell;
    return this.runner.evaluate({
      evaluation,
      cell: id,
      js: named,
      sourceUrl: script,
      file,
      source,
      sourceMap,
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

  /** `name?` asks what a name is: the answer goes to the front end's pager. */
  async #help(name: string, cell: Cell): Promise<Json> {
    const found = await (await this.compiler).inspect(name, name.length);
    if (!found) return this.#fail(plainError("ReferenceError", `nothing is known of ${name}`), cell);
    const page = {
      source: "page",
      data: { "text/plain": found.plain, "text/markdown": found.markdown },
      start: 0,
    };
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

/** The name in a cell of the form `Math.max?`, which is no TypeScript. */
function questionIn(code: string): string | undefined {
  return /^\s*([\p{ID_Start}$_][\p{ID_Continue}$.]*)\?\s*$/u.exec(code)?.[1];
}

/** A cell that the compiler refused, with the lines of each error. */
function describeRejection({ ename, diagnostics, total }: RejectedCell): ErrorContent {
  const told = diagnostics.map(({ location, code, message, frame }) => {
    const number = code === 0 ? "" : ` TS${code}`;
    return { summary: `${location} - error${number}: ${message}`, location, number, message, frame };
  });
  const evalue = told[0]?.summary ?? "The cell has errors";
  const traceback = told.flatMap(({ location, number, message, frame }) => [
    `\x1b[36m${location}\x1b[0m - \x1b[31merror\x1b[0m\x1b[2m${number}:\x1b[0m ${message}`,
    ...frame.split("\n"),
    "",
  ]);
  if (total > diagnostics.length) traceback.push(`… and ${total - diagnostics.length} more errors`);
  return { ename, evalue, traceback: [`\x1b[31m\x1b[1m${ename}\x1b[0m`, ...traceback] };
}
