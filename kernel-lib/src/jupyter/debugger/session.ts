import type { Debugger } from "node:inspector";
import { loadOxc, type Oxc } from "../compiler/oxc";
import { log } from "../log";
import { Breakpoints } from "./breakpoints";
import { type Frame, Frames } from "./frames";
import { Inspector } from "./inspector";
import { BLACKBOXED } from "./modules";
import { DebugError } from "./protocol";
import type { CellScript, CellScripts } from "./scripts";
import type { Sources } from "./sources";
import { Values } from "./values";
import { Variables } from "./variables";

/** The only thread that runs code of the user's. */
export const THREAD = { id: 1, name: "main" };

/** A script that does nothing, in which a step may end. */
const STEP_END = "0\n//# sourceURL=step-end";

export type Step = "stepOver" | "stepInto" | "stepOut";

/** Told of what happens to the main thread. */
export type PauseListener = {
  stopped(reason: "breakpoint" | "step" | "pause" | "exception", text?: string): void;
  continued(): void;
};

/** V8's debugger of the main thread, from a front end's `initialize` to its `disconnect`. */
export class DebugSession {
  readonly frames: Frames;
  readonly values: Values;
  readonly variables: Variables;
  readonly breakpoints: Breakpoints;
  /** The calls at which the main thread is paused, as the front end was told. */
  #paused: Frame[] | undefined;
  /** Counts pauses and resumptions, so that a late answer about an earlier pause is known. */
  #moment = 0;
  #step: Step | undefined;
  #pauseRequested = false;
  #skipping = false;

  private constructor(
    private readonly inspector: Inspector,
    oxc: Oxc,
    private readonly listener: PauseListener,
    scripts: CellScripts,
    sources: Sources,
  ) {
    this.frames = new Frames(inspector, sources, scripts);
    this.values = new Values(inspector, oxc);
    this.variables = new Variables(inspector);
    this.breakpoints = new Breakpoints(inspector, oxc, sources, scripts);
    inspector.on<Debugger.PausedEventDataType>("Debugger.paused", (pause) => {
      this.#onPaused(pause).catch((error: Error) => {
        log(`debugger: ${error.message}`);
        this.#send("Debugger.resume");
      });
    });
    inspector.on("Debugger.resumed", () => this.#onResumed());
  }

  static async start(scripts: CellScripts, sources: Sources, listener: PauseListener): Promise<DebugSession> {
    const oxc = await loadOxc();
    const inspector = new Inspector();
    const session = new DebugSession(inspector, oxc, listener, scripts, sources);
    try {
      await inspector.call("Debugger.enable");
      await inspector.call("Debugger.setBlackboxPatterns", { patterns: BLACKBOXED, skipAnonymous: true });
    } catch (error) {
      inspector.close();
      throw error;
    }
    return session;
  }

  /** The calls at which the main thread is paused; undefined while it runs. */
  get paused(): readonly Frame[] | undefined {
    return this.#paused;
  }

  /** A call of the present pause; the innermost by default. */
  frame(id = 1): Frame {
    if (!this.#paused) throw new DebugError("the code is not paused");
    const frame = this.#paused[id - 1];
    if (!frame) throw new DebugError(`frameId: expected 1 to ${this.#paused.length}, got ${id}`);
    return frame;
  }

  /** Readies the debugger for what will run next: a cell's script, or handlers. */
  async prepare(script?: CellScript): Promise<void> {
    if (this.#step || this.#pauseRequested) await this.#dropStep();
    if (this.#skipping) await this.#skipPauses(false);
    if (script) await this.breakpoints.prepare(script);
  }

  /**
   * For an interrupt, which must not wait: lets paused code go on, or ends it there, and does not pause again before
   * the next script.
   */
  release(terminateOnResume: boolean): void {
    this.#skipping = true;
    this.#send("Debugger.setSkipAllPauses", { skip: true });
    this.#send("Debugger.resume", { terminateOnResume });
  }

  async resume(): Promise<void> {
    this.frame();
    await this.inspector.call("Debugger.resume");
  }

  async step(step: Step): Promise<void> {
    this.frame();
    this.#step = step;
    await this.inspector.call(`Debugger.${step}`);
  }

  /** Pauses where the user's code is, or goes on next. */
  async pause(): Promise<void> {
    this.#pauseRequested = true;
    await this.inspector.call("Debugger.pause");
  }

  async pauseOnExceptions(all: boolean): Promise<void> {
    await this.inspector.call("Debugger.setPauseOnExceptions", { state: all ? "all" : "none" });
  }

  /** Does work that calls code of the user's, which does not pause in it: a pause would have no end. */
  async withoutPauses<Result>(work: () => Promise<Result>): Promise<Result> {
    // While code is paused, V8 does not pause in what is called.
    if (this.#paused) return work();
    await this.#skipPauses(true);
    try {
      return await work();
    } finally {
      await this.#skipPauses(false);
    }
  }

  /** Ends the debugger; paused code goes on. */
  close(): void {
    this.#onResumed();
    this.#send("Debugger.disable");
    this.inspector.close();
  }

  async #onPaused({
    callFrames,
    reason,
    hitBreakpoints = [],
    data,
  }: Debugger.PausedEventDataType): Promise<void> {
    const moment = ++this.#moment;
    const frames = await this.frames.read(callFrames);
    const inText = frames[0]?.call === callFrames[0];
    if (moment !== this.#moment) return;
    const stepped = this.#step !== undefined && hitBreakpoints.length === 0 && reason !== "exception";
    if (frames.length === 0) return this.#send("Debugger.resume");
    if (stepped && !inText)
      return this.#send(`Debugger.${this.frames.isUsers(callFrames[0]!) ? this.#step : "stepOut"}`);
    this.#paused = frames;
    if (reason === "exception" || reason === "promiseRejection")
      this.listener.stopped("exception", (data as { description?: string } | undefined)?.description);
    else if (hitBreakpoints.length > 0) this.listener.stopped("breakpoint");
    else if (stepped) this.listener.stopped("step");
    else this.listener.stopped(this.#pauseRequested ? "pause" : "breakpoint");
    this.#step = undefined;
    this.#pauseRequested = false;
  }

  #onResumed(): void {
    this.#moment++;
    if (!this.#paused) return;
    this.#paused = undefined;
    this.variables.reset();
    this.values.release().catch(() => {});
    this.listener.continued();
  }

  /** A step or pause that found no code to stop in would stop what runs next: let that be a script of ours. */
  async #dropStep(): Promise<void> {
    this.#step = undefined;
    this.#pauseRequested = false;
    await this.#skipPauses(true);
    await this.inspector.call("Runtime.evaluate", { expression: STEP_END, silent: true });
    await this.#skipPauses(false);
  }

  async #skipPauses(skip: boolean): Promise<void> {
    this.#skipping = skip;
    await this.inspector.call("Debugger.setSkipAllPauses", { skip });
  }

  /** Without waiting: the main thread may be in a native call. */
  #send(method: string, parameters?: object): void {
    this.inspector.call(method, parameters).catch(() => {});
  }
}
