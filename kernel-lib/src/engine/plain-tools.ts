import { plainGRU } from "./plain/gru";
import { plainLayers } from "./plain/layers";
import { plainLosses } from "./plain/losses";
import { plainLSTM } from "./plain/lstm";
import { floatsOf } from "./plain/memory";
import { plainMultiplier } from "./plain/multiplier";
import { plainRNN } from "./plain/rnn";
import { plainRows } from "./plain/rows";
import type { Tools } from "./tasks/step";

/** The kernels in TypeScript loops: slow, and simple enough to be held against the fast ones. */
export function plainTools(memory: WebAssembly.Memory): Tools {
  const view = floatsOf(memory);
  const kernels = {
    ...plainLSTM(view),
    ...plainGRU(view),
    ...plainRNN(view),
    ...plainRows(view),
    ...plainLayers(view),
    ...plainLosses(view),
  };
  return { kernels, multiplier: plainMultiplier(view), float: (address) => view()[address / 4] };
}
