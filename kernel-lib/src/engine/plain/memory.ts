/** Reads and writes floats of a WebAssembly memory by index (address / 4). */
export type Floats = () => Float32Array;

/** The memory as floats; looked at anew by every kernel, since growing moves the buffer's end. */
export const floatsOf =
  (memory: WebAssembly.Memory): Floats =>
  () =>
    new Float32Array(memory.buffer);

export const logistic = (v: number): number => 1 / (1 + Math.exp(-v));
export const dLogistic = (s: number): number => s * (1 - s);
export const dTanh = (t: number): number => 1 - t * t;

/** Calls `f` for every element of `rows` × `width`, with its row, its column, and whether its row is masked out. */
export function eachElement(
  floats: Float32Array,
  mask: number,
  rows: number,
  width: number,
  f: (row: number, column: number, masked: boolean) => void,
): void {
  for (let r = 0; r < rows; r++) {
    const masked = mask !== 0 && floats[mask / 4 + r] === 0;
    for (let j = 0; j < width; j++) f(r, j, masked);
  }
}
