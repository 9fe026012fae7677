import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Kernels } from "./kernels";
import type { Tools } from "./step";
import { type PackedProducts, wasmMultiplier } from "./wasm-multiplier";

/** The compiled kernels of kernel-lib/wasm on the given memory. */
export function wasmTools(memory: WebAssembly.Memory): Tools {
  const module = new WebAssembly.Module(readFileSync(join(__dirname, "kernels.wasm")));
  const abort = () => {
    throw new Error("kernels.wasm: abort");
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  const kernels = exports as unknown as Kernels & PackedProducts;
  return { kernels, multiplier: wasmMultiplier(kernels) };
}
