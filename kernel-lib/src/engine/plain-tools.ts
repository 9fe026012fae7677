import { plainGRU } from "./plain/gru";
import { plainLSTM } from "./plain/lstm";
import { floatsOf } from "./plain/memory";
import { plainMultiplier } from "./plain/multiplier";
import { plainRNN } from "./plain/rnn";
import { plainRows } from "./plain/rows";
import type { Tools } from "./step";

/** The kernels in TypeScript loops: slow, and simple enough to be held against the fast ones. */
export function plainTools(memory: WebAssembly.Memory): Tools {
  const view = floatsOf(memory);
  const kernels = { ...plainLSTM(view), ...plainGRU(view), ...plainRNN(view), ...plainRows(view) };
  return { kernels, multiplier: plainMultiplier(view) };
}
