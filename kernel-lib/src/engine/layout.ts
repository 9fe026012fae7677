/** A tensor as callers have it, [batch, timesteps, features], and as the engine runs it, [timesteps, batch, width]. */
export type SequenceLayout = {
  readonly batch: number;
  readonly timesteps: number;
  readonly features: number;
  readonly width: number;
};

type Numbers = Float32Array | Int32Array;

/** Writes `from` into the engine's layout; the padding becomes 0. */
export function toTimeMajor(from: Numbers, to: Numbers, layout: SequenceLayout): void {
  const { features, width } = layout;
  if (width !== features) to.fill(0);
  eachStep(layout, (outer, inner) =>
    to.set(from.subarray(outer * features, (outer + 1) * features), inner * width),
  );
}

/** The inverse of `toTimeMajor`. */
export function fromTimeMajor(from: Float32Array, to: Float32Array, layout: SequenceLayout): void {
  const { features, width } = layout;
  eachStep(layout, (outer, inner) =>
    to.set(from.subarray(inner * width, inner * width + features), outer * features),
  );
}

function eachStep({ batch, timesteps }: SequenceLayout, copy: (outer: number, inner: number) => void): void {
  for (let b = 0; b < batch; b++) for (let t = 0; t < timesteps; t++) copy(b * timesteps + t, t * batch + b);
}

/** Rows of `blocks` blocks, each `units` wide for the caller and `width` wide, with 0 behind, for the engine. */
export type BlockLayout = {
  readonly rows: number;
  readonly blocks: number;
  readonly units: number;
  readonly width: number;
};

/** Widens every block; the padding is left as it is. */
export function widen(
  from: Float32Array,
  to: Float32Array,
  { rows, blocks, units, width }: BlockLayout,
): void {
  for (let k = 0; k < rows * blocks; k++) to.set(from.subarray(k * units, (k + 1) * units), k * width);
}

/** The inverse of `widen`. */
export function narrow(
  from: Float32Array,
  to: Float32Array,
  { rows, blocks, units, width }: BlockLayout,
): void {
  for (let k = 0; k < rows * blocks; k++) to.set(from.subarray(k * width, k * width + units), k * units);
}
