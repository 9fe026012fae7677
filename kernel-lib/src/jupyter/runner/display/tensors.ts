import type { MimeBundle } from "../../protocol";
import { combinations, showArray } from "./nd-array";
import { peek } from "./text";

/** Tensors up to this many values are read whole; of larger ones only the parts that are shown. */
const READ_WHOLE = 100_000;

type Tensor = {
  shape: number[];
  dtype: string;
  size: number;
  isDisposed: boolean;
  dataSync(): ArrayLike<unknown>;
  slice(begin: number[], size: number[]): Tensor;
  dispose(): void;
};

/** A tensor or variable of TensorFlow.js: type, shape, and values. No tensor is kept, and a large one is not copied. */
export function showTensor(value: object): MimeBundle | undefined {
  if (!isTensor(value)) return undefined;
  const { shape, dtype } = value;
  const kind = typeof peek(value, "assign") === "function" ? "Variable" : "Tensor";
  const title = `${kind} ${dtype} [${shape.join(", ")}]`;
  if (value.isDisposed) return { "text/plain": `${title}, disposed` };
  try {
    return showArray({
      title,
      shape,
      read: (indices) => (value.size <= READ_WHOLE ? readWhole(value, indices) : readParts(value, indices)),
    });
  } catch (error) {
    return { "text/plain": `${title}, cannot be read: ${(error as Error).message}` };
  }
}

function isTensor(value: object): value is Tensor {
  return (
    Array.isArray(peek(value, "shape")) &&
    typeof peek(value, "dtype") === "string" &&
    typeof peek(value, "dataSync") === "function" &&
    typeof peek(value, "slice") === "function" &&
    typeof peek(value, "isDisposed") === "boolean"
  );
}

function readWhole(tensor: Tensor, indices: readonly (readonly number[])[]): unknown[] {
  const data = tensor.dataSync();
  return combinations(indices).map((index) => {
    const at = index.reduce((offset, i, axis) => offset * tensor.shape[axis]! + i, 0);
    // A boolean is a byte to TensorFlow, and a complex number is two values.
    if (tensor.dtype === "bool") return Boolean(data[at]);
    return tensor.dtype === "complex64" ? complex(data[2 * at], data[2 * at + 1]) : data[at];
  });
}

/** Values by blocks of neighbouring indices, each cut out of the tensor and let go at once. */
function readParts(tensor: Tensor, indices: readonly (readonly number[])[]): unknown[] {
  const known = new Map<string, unknown>();
  for (const block of blocks(indices)) {
    const part = tensor.slice(
      block.map(([first]) => first!),
      block.map(({ length }) => length),
    );
    try {
      const all = block.map(({ length }) => Array.from({ length }, (_, i) => i));
      const values = readWhole(part, all);
      for (const [position, index] of combinations(block).entries())
        known.set(index.join(), values[position]);
    } finally {
      part.dispose();
    }
  }
  return combinations(indices).map((index) => known.get(index.join()));
}

/** The runs of neighbouring indices of each axis, combined with those of the others. */
function blocks(indices: readonly (readonly number[])[]): number[][][] {
  const runs = indices.map((axis) => {
    const split = axis.findIndex((index, position) => position > 0 && index !== axis[position - 1]! + 1);
    return split < 0 ? [[...axis]] : [axis.slice(0, split), axis.slice(split)];
  });
  return combinations(runs.map((own) => own.map((_, i) => i))).map((chosen) =>
    chosen.map((run, axis) => runs[axis]![run]!),
  );
}

/** Something that is written without quotes, as the complex numbers of mathjs are. */
function complex(real: unknown, imaginary: unknown): { toString(): string } {
  const text = `${real}${Number(imaginary) < 0 ? " - " : " + "}${Math.abs(Number(imaginary))}i`;
  return { toString: () => text };
}
