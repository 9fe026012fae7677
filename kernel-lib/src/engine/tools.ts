import { nativeTools } from "./native-tools";
import { plainTools } from "./plain-tools";
import type { Tools } from "./tasks/step";
import { wasmTools } from "./wasm-tools";

/** The engines by name. */
export const engineNames = ["wasm", "native", "plain"] as const;
export type EngineName = (typeof engineNames)[number];

/** What a thread of the named engine works with, on the given memory. */
export function toolsOf(name: EngineName, memory: WebAssembly.Memory): Tools {
  return { wasm: wasmTools, native: nativeTools, plain: plainTools }[name](memory);
}
