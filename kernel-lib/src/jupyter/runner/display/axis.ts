/** The indices of an axis that are shown: all, or the first and last few with the middle left out. */
export type Axis = { readonly indices: readonly number[]; readonly skipped: number };

/**
 * @param most longest axis that is shown whole
 * @param edge how many indices of a longer one are shown at each end
 */
export function axis(length: number, most: number, edge: number): Axis {
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  if (length <= most) return { indices: range(0, length), skipped: 0 };
  return { indices: [...range(0, edge), ...range(length - edge, length)], skipped: length - 2 * edge };
}

/** What is written for the indices of an axis, with `gap` where the middle is left out. */
export function along<T>(
  { indices, skipped }: Axis,
  write: (index: number, position: number) => T,
  gap: T,
): T[] {
  const written = indices.map(write);
  if (skipped > 0) written.splice(indices.length / 2, 0, gap);
  return written;
}
