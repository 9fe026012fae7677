import { Session } from "node:inspector";
import { DebugError } from "./protocol";

/** How long the main thread may take to answer, in ms: it hears of nothing during a native call. */
const ANSWER_MS = 10_000;

/** V8's inspector of the main thread, which answers also while that thread runs or is paused. */
export class Inspector {
  readonly #session = new Session();

  constructor() {
    this.#session.connectToMainThread();
  }

  /** Calls a method of the Chrome DevTools Protocol (https://chromedevtools.github.io/devtools-protocol/v8/). */
  call<Result = unknown>(method: string, parameters: object = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const seconds = ANSWER_MS / 1000;
        reject(
          new DebugError(
            `the main thread did not answer ${method} within ${seconds} s: it may be in a native call`,
          ),
        );
      }, ANSWER_MS);
      this.#session.post(method, parameters, (error: { message?: string } | null, result?: object) => {
        clearTimeout(timer);
        if (error) reject(new DebugError(`${method}: ${error.message}`));
        else resolve(result as Result);
      });
    });
  }

  on<Parameters>(event: string, listener: (parameters: Parameters) => void): void {
    this.#session.on(event, (message: { params: Parameters }) => listener(message.params));
  }

  /** Ends the connection; a paused main thread goes on. */
  close(): void {
    this.#session.disconnect();
  }
}
