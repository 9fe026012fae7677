import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Copies } from "./blas-multiplier";
import type { Kernels } from "./kernels";
import { type SparseProducts, sparseMultiplier } from "./sparse-multiplier";
import type { Tools } from "./tasks/step";
import { type PackedProducts, wasmMultiplier } from "./wasm-multiplier";

export type CompiledKernels = Kernels & PackedProducts & SparseProducts & Copies;

/** The compiled kernels of kernel-lib/wasm on the given memory. */
export function kernelsOf(file: string, memory: WebAssembly.Memory): CompiledKernels {
  const abort = () => {
    throw new Error(`${file}: abort`);
  };
  const module = new WebAssembly.Module(readFileSync(join(__dirname, file)));
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  return exports as unknown as CompiledKernels;
}

/** Reads single floats of a memory. */
export const floatReader =
  (memory: WebAssembly.Memory) =>
  (address: number): number =>
    new Float32Array(memory.buffer, address, 1)[0];

/** Kernels and products in WebAssembly. */
export function wasmTools(memory: WebAssembly.Memory): Tools {
  const kernels = kernelsOf("kernels.wasm", memory);
  const multiplier = sparseMultiplier(wasmMultiplier(kernels), kernels);
  return { kernels, multiplier, float: floatReader(memory) };
}

/** Node 20 keeps relaxed SIMD behind a flag of V8, later ones don't know the flag. */
export function allowRelaxedSimd(): void {
  if (Number(process.versions.node.split(".")[0]) < 22)
    setFlagsFromString("--experimental-wasm-relaxed-simd");
}
