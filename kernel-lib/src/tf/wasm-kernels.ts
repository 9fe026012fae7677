import type { TensorFlow } from "./tensorflow";

type Kernel = NonNullable<ReturnType<TensorFlow["getKernel"]>>;
type KernelCall = Parameters<Kernel["kernelFunc"]>[0];
type TensorInfo = NonNullable<KernelCall["inputs"][string]>;
/** What is used of the backend that @tensorflow/tfjs-backend-wasm hands to its kernels. */
type WasmBackend = {
  makeOutput(shape: number[], dtype: string): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array;
  disposeData(dataId: object): void;
};

/**
 * Mends what makes training slow or impossible on TensorFlow.js' WebAssembly backend: products with a transposed matrix,
 * which every dense layer's gradient has, run 8 to 18 times as fast when the matrix is transposed first; and the
 * gradient of `tf.gather`, of which an embedding layer consists, has no kernel there.
 */
export function mendWasmKernels(tf: TensorFlow): void {
  transposeFirst(tf, "BatchMatMul");
  transposeFirst(tf, "_FusedMatMul");
  tf.registerKernel({ kernelName: "UnsortedSegmentSum", backendName: "wasm", kernelFunc: segmentSum });
}

function transposeFirst(tf: TensorFlow, kernelName: string): void {
  const multiply = kernelOf(tf, kernelName);
  const transpose = kernelOf(tf, "Transpose");
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend, attrs }) => {
      const made: TensorInfo[] = [];
      const straight = (x: TensorInfo, transposed: unknown): TensorInfo => {
        if (!transposed) return x;
        const { length } = x.shape;
        const perm = [...x.shape.keys()].map((axis) => (axis < length - 2 ? axis : 2 * length - 3 - axis));
        const result = transpose.kernelFunc({ inputs: { x }, backend, attrs: { perm } }) as TensorInfo;
        made.push(result);
        return result;
      };
      const a = straight(inputs.a as TensorInfo, attrs?.transposeA);
      const b = straight(inputs.b as TensorInfo, attrs?.transposeB);
      const untransposed = { ...attrs, transposeA: false, transposeB: false };
      const out = multiply.kernelFunc({ inputs: { ...inputs, a, b }, backend, attrs: untransposed });
      for (const { dataId } of made) (backend as WasmBackend).disposeData(dataId);
      return out;
    },
  });
}

function kernelOf(tf: TensorFlow, kernelName: string): Kernel {
  const kernel = tf.getKernel(kernelName, "wasm");
  if (!kernel) throw new Error(`mendWasmKernels: kernel ${kernelName}: expected one for wasm, got none`);
  return kernel;
}

/** out[segmentIds[r]] += x[r], in order of r; rows with a negative id are left out. */
const segmentSum: Kernel["kernelFunc"] = ({ inputs, backend, attrs }) => {
  const wasm = backend as WasmBackend;
  const { x, segmentIds } = inputs as Record<"x" | "segmentIds", TensorInfo>;
  const rows = segmentIds.shape.reduce((product, n) => product * n, 1);
  const features = x.shape.slice(segmentIds.shape.length);
  const width = features.reduce((product, n) => product * n, 1);
  const out = wasm.makeOutput([attrs?.numSegments as number, ...features], x.dtype);
  const [from, ids, to] = [x, segmentIds, out].map((tensor) => wasm.typedArrayFromHeap(tensor));
  to.fill(0);
  for (let r = 0; r < rows; r++) {
    if (ids[r] < 0) continue;
    const [row, target] = [r * width, ids[r] * width];
    for (let j = 0; j < width; j++) to[target + j] += from[row + j];
  }
  return out;
};
