import { plainTools } from "./plain-tools";
import type { Tools } from "./step";
import { wasmTools } from "./wasm-tools";

export type EngineName = "wasm" | "plain";

/** What a thread of the named engine works with, on the given memory. */
export function toolsOf(name: EngineName, memory: WebAssembly.Memory): Tools {
  return { wasm: wasmTools, plain: plainTools }[name](memory);
}
