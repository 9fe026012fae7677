import type { Report, RunnerReport } from "./runner/messages";

/** So much of what cells show may be on its way between the threads: then its sender sleeps. */
const CAPACITY = 1 << 24;
/** What a message costs beside its bytes: so no more than 256 are on their way. */
const OVERHEAD = 1 << 16;

const SENT = 0;
const TAKEN = 1;

/** The memory that both ends share: what was sent and what was taken, in bytes modulo 2³². */
export const FLOW_BYTES = 2 * Int32Array.BYTES_PER_ELEMENT;

/** A report and, where it is counted, what had been sent with it. */
export type Counted = RunnerReport & { sent?: number };

/**
 * Makes the sender of what cells show wait while too much is on its way: a loop that shows cannot fill the memory, nor
 * keep the protocol's thread from everything else. It sleeps as a writer of a full ring does, and may be interrupted
 * anywhere: a message that was sent and not counted makes no difference once the next one has arrived.
 */
export function limitFlow(
  shared: SharedArrayBuffer,
  send: (report: Counted, transfer?: Parameters<Report>[1]) => void,
): Report {
  const state = new Int32Array(shared);
  return (report, transfer) => {
    const cost = costOf(report);
    if (cost === undefined) return send(report, transfer);
    for (;;) {
      const taken = Atomics.load(state, TAKEN);
      if (((Atomics.load(state, SENT) - taken) | 0) < CAPACITY) break;
      Atomics.wait(state, TAKEN, taken);
    }
    const sent = (Atomics.load(state, SENT) + cost) | 0;
    send({ ...report, sent }, transfer);
    Atomics.store(state, SENT, sent);
  };
}

/** The receiver's end: lets the sender go on once what it sent has been worked off. */
export class FlowReader {
  readonly #state: Int32Array;
  #turn: NodeJS.Immediate | undefined;
  #sent = 0;

  constructor(shared: SharedArrayBuffer) {
    this.#state = new Int32Array(shared);
  }

  /** Notes that a report was taken. The sender hears of it at the end of the turn, in which it is also published. */
  took({ sent }: Counted): void {
    if (sent === undefined) return;
    this.#sent = sent;
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      Atomics.store(this.#state, TAKEN, this.#sent);
      Atomics.notify(this.#state, TAKEN);
    });
  }
}

/** What a report that cells may send without end costs, or undefined. */
function costOf(report: RunnerReport): number | undefined {
  switch (report.type) {
    case "display":
      return OVERHEAD + report.content.byteLength;
    case "comm":
      return OVERHEAD + report.buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
    case "clear":
    case "error":
      return OVERHEAD;
    default:
      return undefined;
  }
}
