import type { Runtime } from "node:inspector";
import { Session } from "node:inspector";
import type { ErrorContent } from "../protocol";
import { enterCell, lastChainedPromise, type RunningCell, resetCell } from "./cells";
import { describeError } from "./errors";
import type { Evaluation } from "./messages";
import { registerScript } from "./stack-traces";

/** What a script's evaluation ended with: its completion value, or an error ready to be shown. */
export type Completion = { value: unknown } | { error: ErrorContent };

/** Evaluates cells in V8's REPL mode: names may be declared again, `await` stands at the top. */
export class Evaluator {
  readonly #session = new Session();
  readonly #receiver: Runtime.RemoteObjectId;
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
  }

  /** Runs a script for a cell. `done` is called when it and what it awaits are over, unless it is interrupted. */
  evaluate(
    { js, sourceUrl, file, source, sourceMap }: Evaluation,
    cell: RunningCell,
    done: (completion: Completion) => void,
  ): void {
    registerScript(sourceUrl, { file, source, sourceMap });
    enterCell(cell);
    const parameters = { expression: js, replMode: true, awaitPromise: true, objectGroup: "cell" };
    let promise: object | undefined;
    let settled = false;
    this.#session.post(
      "Runtime.evaluate",
      parameters,
      (failure: Error | null, response?: Runtime.EvaluateReturnType) => {
        settled = true;
        if (promise) this.#held.delete(promise);
        resetCell();
        // The protocol's types promise a response; an interrupt leaves none.
        if (failure || !response?.result) return;
        const { result, exceptionDetails } = response;
        const completion = exceptionDetails
          ? this.#thrown(exceptionDetails)
          : { value: this.#valueOf(result) };
        this.#session.post("Runtime.releaseObjectGroup", { objectGroup: "cell" });
        done(completion);
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
    return { error: describeError(thrown, place) };
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
