/** A chunk of a text: `inputs[t][b]`, and in `targets[t][b]` the token that follows it. */
export interface TextChunk {
  inputs: number[][];
  targets: number[][];
  /** Steps of each stream before this chunk. */
  start: number;
}

/**
 * A text for stateful truncated backpropagation: cut into `batch` streams of equal length that run side by side,
 * and these into chunks of `timesteps`. Stream b of one chunk goes on in stream b of the next, so the state can be
 * carried over. The last chunk may be shorter; up to `batch` − 1 tokens at the end of the text are left out.
 *
 * @throws RangeError if the text is too short for a single step
 */
export function* textChunks(
  ids: readonly number[],
  { batch, timesteps }: { batch: number; timesteps: number },
): Generator<TextChunk> {
  for (const [name, value] of Object.entries({ batch, timesteps }))
    if (!(Number.isInteger(value) && value >= 1))
      throw new RangeError(`textChunks: ${name}: expected a whole number ≥ 1, got ${value}`);
  const length = Math.floor((ids.length - 1) / batch);
  if (length < 1)
    throw new RangeError(
      `textChunks: ids: expected at least ${batch + 1} tokens for ${batch} streams, got ${ids.length}`,
    );
  const at = (t: number) => Array.from({ length: batch }, (_, b) => ids[b * length + t]);
  for (let start = 0; start < length; start += timesteps) {
    const steps = Array.from({ length: Math.min(timesteps, length - start) }, (_, t) => start + t);
    yield { inputs: steps.map(at), targets: steps.map((t) => at(t + 1)), start };
  }
}

/**
 * Overlapping windows for a stateless model: `length` tokens and the one that follows, every `stride` tokens.
 *
 * @throws RangeError if the text has no window
 */
export function textWindows(
  ids: readonly number[],
  { length, stride = 1 }: { length: number; stride?: number },
): { input: number[]; target: number }[] {
  if (ids.length <= length)
    throw new RangeError(`textWindows: ids: expected more than length=${length} tokens, got ${ids.length}`);
  const count = Math.floor((ids.length - length - 1) / stride) + 1;
  return Array.from({ length: count }, (_, k) => ({
    input: ids.slice(k * stride, k * stride + length),
    target: ids[k * stride + length],
  }));
}
