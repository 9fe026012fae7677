import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type Execution, type KernelClient, startKernel } from "../../../src/jupyter/client";
import type { Scope, StackFrame, Variable } from "../../../src/jupyter/debugger/protocol";
import type { Json, Message } from "../../../src/jupyter/protocol";
import { argv } from "../kernel";

type Event = { event: string; body: Json };
type Reply = { success: boolean; message?: string; body: Json };

/** A debugger's front end on a kernel of its own. */
export class DebugClient {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "kernel-debugger-")));
  client!: KernelClient;
  readonly #events: Event[] = [];
  readonly #waiting: { name: string; resolve(body: Json): void }[] = [];
  #seq = 0;

  async start(): Promise<this> {
    const onMessage = (channel: string, { header, content }: Message): void => {
      if (channel === "iopub" && header.msg_type === "debug_event")
        this.#receive(content as unknown as Event);
    };
    this.client = await startKernel({ argv, cwd: this.folder, onMessage });
    return this;
  }

  async end(): Promise<void> {
    await this.client?.shutdown();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The whole reply to a request. */
  async ask(command: string, args: Json = {}): Promise<Reply> {
    const content = { type: "request", seq: ++this.#seq, command, arguments: args };
    return (await this.client.request("debug_request", content, { channel: "control" })) as Reply;
  }

  /** The body of the reply to a request that must succeed. */
  async request(command: string, args: Json = {}): Promise<Json> {
    const { success, message, body } = await this.ask(command, args);
    if (!success) throw new Error(`${command}: ${message}`);
    return body;
  }

  /** What JupyterLab does when its debugger is switched on. */
  async attach(): Promise<void> {
    await this.request("debugInfo");
    await this.request("initialize", { clientID: "test", linesStartAt1: true });
    await this.request("attach");
  }

  /** The body of the next event of a name, of those that were not taken yet. */
  event(name: string): Promise<Json> {
    const index = this.#events.findIndex(({ event }) => event === name);
    const [found] = index < 0 ? [] : this.#events.splice(index, 1);
    if (found) return Promise.resolve(found.body);
    return new Promise((resolve) => this.#waiting.push({ name, resolve }));
  }

  /** Names of the events that nobody waited for. */
  get events(): string[] {
    return this.#events.map(({ event }) => event);
  }

  forgetEvents(): void {
    this.#events.length = 0;
  }

  /** Sets breakpoints in a cell that need not have been run, and gives the lines at which they are. */
  async breakInCell(code: string, ...lines: number[]): Promise<number[]> {
    const { sourcePath } = await this.request("dumpCell", { code });
    return this.breakIn(sourcePath as string, ...lines);
  }

  async breakIn(path: string, ...lines: number[]): Promise<number[]> {
    const breakpoints = lines.map((line) => ({ line }));
    const body = await this.request("setBreakpoints", {
      source: { path },
      breakpoints,
      sourceModified: false,
    });
    return (body.breakpoints as { verified: boolean; line: number }[])
      .filter(({ verified }) => verified)
      .map(({ line }) => line);
  }

  run(code: string): Promise<Execution> {
    return this.client.execute(code, { timeout: 60_000 });
  }

  async stack(): Promise<StackFrame[]> {
    return (await this.request("stackTrace", { threadId: 1 })).stackFrames as StackFrame[];
  }

  /** Names and lines of the calls. */
  async calls(): Promise<string[]> {
    return (await this.stack()).map(({ name, line }) => `${name}:${line}`);
  }

  async scopes(frameId = 1): Promise<Scope[]> {
    return (await this.request("scopes", { frameId })).scopes as Scope[];
  }

  async variables(variablesReference: number): Promise<Variable[]> {
    return (await this.request("variables", { variablesReference })).variables as Variable[];
  }

  /** The values of a scope's variables by name, as text. */
  async values(scope = "Locals", frameId = 1): Promise<Record<string, string>> {
    const found = (await this.scopes(frameId)).find(({ name }) => name === scope);
    if (!found) throw new Error(`no scope ${scope}`);
    const variables = await this.variables(found.variablesReference);
    return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  }

  async evaluate(expression: string, frameId = 1): Promise<string> {
    return (await this.request("evaluate", { expression, frameId, context: "repl" })).result as string;
  }

  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  #receive(event: Event): void {
    const index = this.#waiting.findIndex(({ name }) => name === event.event);
    const [waiting] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (waiting) waiting.resolve(event.body);
    else this.#events.push(event);
  }
}

/** A debugger for all tests of a file, switched on. */
export function useDebugger(): DebugClient {
  const debug = new DebugClient();
  beforeAll(async () => {
    await debug.start();
    await debug.attach();
  }, 60_000);
  afterAll(() => debug.end(), 60_000);
  return debug;
}
