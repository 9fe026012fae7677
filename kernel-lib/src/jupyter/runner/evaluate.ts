import type { Runtime } from "node:inspector";
import { Session } from "node:inspector";
import type { ErrorContent } from "../protocol";
import { enterCell, lastChainedPromise, type RunningCell, resetCell, visitCell } from "./cells";
import { describeError } from "./errors";
import type { Evaluation } from "./messages";
import { registerScript } from "./stack-traces";
import { closeResources, openResources, type Resources } from "./using";

/** What a script's evaluation ended with: its completion value, or what it threw, also ready to be shown. */
export type Completion = { value: unknown } | { thrown: unknown; error: ErrorContent };

/** Evaluates cells in V8's REPL mode: names may be declared again, `await` stands at the top. */
export class Evaluator {
  readonly #session = new Session();
  readonly #receiver: Runtime.RemoteObjectId;
  readonly #caller: Runtime.RemoteObjectId;
  #work: () => unknown = () => {};
  /**
   * The promises of evaluations in progress, and of interrupted ones. The inspector tells when one is collected, as
   * that of a cell which awaits what never comes; this calls JavaScript during garbage collection, and Node.js 24 aborts.
   */
  readonly #held = new Set<object>();
  #received: unknown;

  constructor() {
    this.#session.connect();
    this.#receiver = this.#handleOf((value: unknown) => {
      this.#received = value;
    });
    this.#caller = this.#handleOf(() => this.#work());
  }

  /** Runs a script for a cell. `done` is called when it and what it awaits are over, unless it is interrupted. */
  evaluate(
    { js, sourceUrl, file, source, sourceMap }: Evaluation,
    cell: RunningCell,
    done: (completion: Completion) => void,
  ): void {
    registerScript(sourceUrl, { file, source, sourceMap });
    enterCell(cell);
    const resources = openResources();
    this.#post("Runtime.evaluate", { expression: js, replMode: true }, cell, (completion) => {
      if (resources.stack.length === 0) done(completion);
      else this.#close(resources, completion, cell, done);
    });
  }

  /** Disposes of what a cell used: its disposers are user code too. */
  #close(
    resources: Resources,
    completion: Completion,
    cell: RunningCell,
    done: (completion: Completion) => void,
  ): void {
    const failed = "thrown" in completion ? completion : undefined;
    this.call(
      () => closeResources(resources, failed),
      cell,
      (closed) => done("thrown" in closed && closed.thrown !== failed?.thrown ? closed : completion),
    );
  }

  /** Calls a function of the kernel's that runs user code, with the same care: its loops can be interrupted. */
  call(work: () => unknown, cell: RunningCell, done: (completion: Completion) => void): void {
    visitCell(cell);
    this.#work = work;
    // Under this name it is left out of stack traces.
    const functionDeclaration = "function () { return this(); }\n//# sourceURL=node:inspector/call\n";
    this.#post("Runtime.callFunctionOn", { objectId: this.#caller, functionDeclaration }, cell, done);
  }

  #post(
    method: "Runtime.evaluate" | "Runtime.callFunctionOn",
    parameters: object,
    cell: RunningCell,
    done: (completion: Completion) => void,
  ): void {
    let promise: object | undefined;
    let settled = false;
    this.#session.post(
      method,
      { ...parameters, awaitPromise: true, objectGroup: "cell" },
      (failure: Error | null, answer?: object) => {
        settled = true;
        if (promise) this.#held.delete(promise);
        resetCell();
        // The protocol's types promise a response; an interrupt leaves none.
        const { result, exceptionDetails } = (answer ?? {}) as Partial<Runtime.EvaluateReturnType>;
        if (failure || !result) return;
        const completion = exceptionDetails
          ? this.#thrown(exceptionDetails)
          : { value: this.#valueOf(result) };
        this.#session.post("Runtime.releaseObjectGroup", { objectGroup: "cell" });
        // Its promises belong to this cell: the latest one may be interrupted, and then nothing of it goes on.
        visitCell(cell);
        done(completion);
        resetCell();
      },
    );
    promise = lastChainedPromise();
    if (promise && !settled) this.#held.add(promise);
  }

  #thrown({ exception, scriptId: _, ...details }: Runtime.ExceptionDetails): Completion {
    const thrown = exception ? this.#valueOf(exception) : new Error(details.text);
    const place =
      details.url === undefined
        ? undefined
        : { script: details.url, line: details.lineNumber + 1, column: details.columnNumber + 1 };
    return { thrown, error: describeError(thrown, place) };
  }

  #valueOf(remote: Runtime.RemoteObject): unknown {
    if (remote.objectId === undefined) return primitive(remote);
    this.#received = undefined;
    this.#session.post("Runtime.callFunctionOn", {
      objectId: this.#receiver,
      functionDeclaration: "function (value) { this(value); }",
      arguments: [{ objectId: remote.objectId }],
    });
    const value = this.#received;
    this.#received = undefined;
    return value;
  }

  #handleOf(value: unknown): Runtime.RemoteObjectId {
    const name = "__kernelHandle";
    const globals = globalThis as Record<string, unknown>;
    globals[name] = value;
    let handle: Runtime.RemoteObjectId | undefined;
    this.#session.post("Runtime.evaluate", { expression: name }, (_, { result }) => {
      handle = result.objectId;
    });
    delete globals[name];
    return handle!;
  }
}

function primitive({ type, value, unserializableValue }: Runtime.RemoteObject): unknown {
  if (unserializableValue === undefined) return value;
  return type === "bigint" ? BigInt(unserializableValue.slice(0, -1)) : Number(unserializableValue);
}
