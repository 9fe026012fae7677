/** What charts accept as numbers: arrays and typed arrays. */
export type Values = ArrayLike<number>;

/**
 * Numbers as a figure's JSON holds them: six significant digits, which is more than a picture shows and keeps
 * notebooks small; null (a gap) for what is not finite.
 */
export function plain(values: Values): (number | null)[] {
  return Array.from(values, rounded);
}

export function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}

/** Rows of `z`: an array of rows, or anything with rows, cols and row-major data (a Matrix). */
export type Grid = ArrayLike<Values> | { rows: number; cols: number; data: Float64Array };

export function gridRows(z: Grid): number[][] {
  if ("data" in z)
    return Array.from({ length: z.rows }, (_, r) =>
      Array.from(z.data.subarray(r * z.cols, (r + 1) * z.cols)),
    );
  return Array.from(z, (row) => Array.from(row));
}

/** 1, 2, …, n: time steps and epochs count from one. */
export const counting = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** A number for prose and labels: at most `digits` significant digits, no trailing zeros. */
export function short(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(digits)));
}

/** "from 4.17 to 1.9, between 1.8 and 4.17": a series in words. */
export function inWords(values: Values): string {
  const finite = Array.from(values).filter(Number.isFinite);
  if (finite.length === 0) return "no finite values";
  const [low, high] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  return `from ${short(finite[0])} to ${short(finite[finite.length - 1])}, between ${short(low)} and ${short(high)}`;
}

/** Blank characters as they can be seen on an axis: ␣ for a space, ↵ for a line's end, ⇥ for a tab. */
export function visible(character: string): string {
  return { " ": "␣", "\n": "↵", "\t": "⇥" }[character] ?? character;
}
