import { loadBlas } from "./blas";
import { blasMultiplier } from "./blas-multiplier";
import { sparseMultiplier } from "./sparse-multiplier";
import type { Tools } from "./tasks/step";
import { allowRelaxedSimd, floatReader, kernelsOf } from "./wasm-tools";

/** The kernels with fused multiply-adds, and the products of the system's fastest BLAS, on the same memory. */
export function nativeTools(memory: WebAssembly.Memory): Tools {
  allowRelaxedSimd();
  const { sgemm, addressOf } = loadBlas();
  const kernels = kernelsOf("kernels-fused.wasm", memory);
  const blas = blasMultiplier(sgemm, addressOf(memory.buffer), kernels);
  return { kernels, multiplier: sparseMultiplier(blas, kernels), float: floatReader(memory) };
}
