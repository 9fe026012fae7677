/** What a shape check needs to know of a matrix. */
export type Shaped = { readonly rows: number; readonly cols: number };

/**
 * Throws unless `m` has the given shape. `dims` names the two dimensions in order (rows, then columns), so that
 * the message says what was meant:
 *
 * `LSTMCell.forward: x: expected [batch=3, inputSize=2], got [3, 5]`
 *
 * @param what the function and the argument, `"LSTMCell.forward: x"`
 * @throws RangeError if the shapes differ
 */
export function assertShape(what: string, m: Shaped, dims: Record<string, number>): void {
  const [rows, cols] = Object.values(dims);
  if (m.rows === rows && m.cols === cols) return;
  const want = Object.entries(dims).map(([name, size]) => `${name}=${size}`);
  throw new RangeError(`${what}: expected [${want.join(", ")}], got [${m.rows}, ${m.cols}]`);
}

/**
 * Throws unless two lists that go together are equally long.
 *
 * @throws RangeError, for instance `bptt: dhs: expected timesteps=5, got 4`
 */
export function assertLength(what: string, list: ArrayLike<unknown>, name: string, length: number): void {
  if (list.length !== length) throw new RangeError(`${what}: expected ${name}=${length}, got ${list.length}`);
}

/**
 * Throws if a sequence has no step.
 *
 * @throws RangeError, for instance `unroll: xs: expected at least one step, got none`
 */
export function assertNotEmpty(what: string, list: ArrayLike<unknown>): void {
  if (list.length === 0) throw new RangeError(`${what}: expected at least one step, got none`);
}

/**
 * Throws unless `size` can be cut into `n` equal blocks.
 *
 * @throws RangeError, for instance `Matrix.splitColumns: cols: expected a multiple of 4, got 6`
 */
export function assertMultiple(what: string, size: number, n: number): void {
  if (size % n !== 0) throw new RangeError(`${what}: expected a multiple of ${n}, got ${size}`);
}
