import { Session } from "node:inspector";
import { setFlagsFromString } from "node:v8";

/** No allocation is as large, in bytes: nothing is sampled. */
const NEVER_SAMPLED = 2 ** 30;

/** The heap of the main thread, asked from another thread: answered within milliseconds also while a loop runs. */
export class MainHeap {
  #connected: Session | undefined;

  /** What it holds, in bytes, with garbage that V8 has not collected yet. */
  used(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#session.post("Runtime.getHeapUsage", (error, usage?: object) =>
        error ? reject(error) : resolve((usage as { usedSize: number }).usedSize),
      );
    });
  }

  /**
   * What variables and objects hold, in bytes: its garbage is collected first, which stops the main thread for some
   * tenths of a second in a heap of 256 MiB.
   */
  usedWithoutGarbage(): Promise<number> {
    // V8 collects garbage before it tells samples. `HeapProfiler.collectGarbage` waits until no code runs.
    this.#session.post("HeapProfiler.startSampling", { samplingInterval: NEVER_SAMPLED });
    this.#session.post("HeapProfiler.stopSampling");
    return this.used();
  }

  close(): void {
    this.#connected?.disconnect();
  }

  get #session(): Session {
    if (!this.#connected) {
      this.#connected = new Session();
      this.#connected.connectToMainThread();
      // V8 ends a process whose heap stays nearly full after four collections, ours among them.
      setFlagsFromString("--no-detect-ineffective-gcs-near-heap-limit");
    }
    return this.#connected;
  }
}
