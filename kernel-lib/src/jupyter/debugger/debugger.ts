import { log } from "../log";
import type { Json } from "../protocol";
import { interrupted, type MainThread } from "../remote-runner";
import { DebugError, type DebugEvent, type Variable } from "./protocol";
import { ANSWERS, CAPABILITIES } from "./requests";
import { type CellScript, CellScripts } from "./scripts";
import { DebugSession, THREAD } from "./session";
import { Sources } from "./sources";

/**
 * Jupyter's debug protocol (https://jupyter-client.readthedocs.io/en/stable/messaging.html#debug-request) on V8's
 * debugger. V8's is off until a front end asks for it; until then this only remembers what scripts are made from.
 */
export class Debugger {
  readonly #scripts = new CellScripts();
  readonly #sources = new Sources(this.#scripts);
  #session: DebugSession | undefined;
  #requests: Promise<unknown> = Promise.resolve();
  #running = 0;
  #interrupts = 0;
  /** The notebook's variables when no code ran last. */
  #notebook: Variable[] = [];
  #seq = 0;

  constructor(private readonly publish: (event: DebugEvent) => void) {}

  /** The main thread, with its scripts prepared for the debugger, and interrupts that also end a pause. */
  watch(runner: MainThread): MainThread {
    return {
      get cooperates() {
        return runner.cooperates;
      },
      nextEvaluation: () => runner.nextEvaluation(),
      run: async (work) => {
        const script = work.type === "evaluate" ? work : undefined;
        if (script) this.#scripts.add(script);
        const interrupts = this.#interrupts;
        await this.#prepare(script);
        if (interrupts !== this.#interrupts) return interrupted();
        this.#running++;
        try {
          return await runner.run(work);
        } finally {
          this.#running--;
        }
      },
      interrupt: async () => {
        this.#interrupts++;
        this.#session?.release(!runner.cooperates);
        await runner.interrupt();
      },
    };
  }

  /** Answers a request with the content of its reply; one after the other. */
  answer(request: Json): Promise<Json> {
    const answered = this.#requests.then(() => this.#reply(request));
    this.#requests = answered;
    return answered;
  }

  /** Ends the debugger; paused code goes on. */
  close(): void {
    this.#session?.close();
    this.#session = undefined;
    this.#sources.forget();
    this.#notebook = [];
  }

  async #reply({ seq, command, arguments: given }: Json): Promise<Json> {
    const reply = {
      type: "response",
      request_seq: seq ?? 0,
      seq: ++this.#seq,
      command: String(command ?? ""),
    };
    try {
      const args = typeof given === "object" && given !== null ? (given as Json) : {};
      return { ...reply, success: true, body: await this.#body(reply.command, args) };
    } catch (error) {
      const { name, message } = error as Error;
      return {
        ...reply,
        success: false,
        message: error instanceof DebugError ? message : `${name}: ${message}`,
        body: {},
      };
    }
  }

  async #body(command: string, args: Json): Promise<Json> {
    switch (command) {
      case "debugInfo":
        return this.#info();
      case "initialize":
        this.#session ??= await this.#start();
        return CAPABILITIES;
      case "attach":
        this.#started(command);
        this.#emit("initialized", {});
        this.#emit("thread", { reason: "started", threadId: THREAD.id });
        return {};
      case "disconnect":
      case "terminate":
        this.close();
        return {};
      case "inspectVariables":
        return { variables: await this.#variables(this.#started(command)) };
      case "pause":
        if (this.#started(command) && this.#running === 0)
          throw new DebugError(`${command}: no cell is running`);
        break;
      case "richInspectVariables":
        if (!this.#started(command).paused && this.#running > 0)
          throw new DebugError(`${command}: a cell is running`);
        break;
    }
    if (!Object.hasOwn(ANSWERS, command))
      throw new DebugError(`${JSON.stringify(command)} is no request that this debugger knows`);
    return ANSWERS[command]!(this.#started(command), args, this.#sources);
  }

  /** A cell runs also where its breakpoints could not be placed. */
  async #prepare(script: CellScript | undefined): Promise<void> {
    const session = this.#session;
    await session?.prepare(script).catch((error: Error) => {
      if (session === this.#session) log(`debugger: ${error.message}`);
    });
  }

  #started(command: string): DebugSession {
    if (!this.#session) throw new DebugError(`${command}: the debugger is not started`);
    return this.#session;
  }

  #start(): Promise<DebugSession> {
    const threadId = THREAD.id;
    return DebugSession.start(this.#scripts, this.#sources, {
      stopped: (reason, text) =>
        this.#emit("stopped", {
          reason,
          threadId,
          allThreadsStopped: true,
          ...(text !== undefined && { text }),
        }),
      continued: () => this.#emit("continued", { threadId, allThreadsContinued: true }),
    });
  }

  #info(): Json {
    return {
      isStarted: this.#session !== undefined,
      ...this.#sources.naming,
      breakpoints: this.#session?.breakpoints.list() ?? [],
      stoppedThreads: this.#session?.paused ? [THREAD.id] : [],
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: false,
    };
  }

  /** Front ends ask for these with each line that a cell prints, so running code is not disturbed for them. */
  async #variables(session: DebugSession): Promise<Variable[]> {
    if (this.#running > 0 && !session.paused) return this.#notebook;
    const { objectId } = await session.values.notebook();
    this.#notebook = await session.variables.children(session.variables.refer(objectId));
    return this.#notebook;
  }

  #emit(event: string, body: Json): void {
    this.publish({ type: "event", seq: ++this.#seq, event, body });
  }
}
