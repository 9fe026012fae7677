/** A half-open range of rows or columns. */
export type Range = { readonly from: number; readonly to: number };

/** The share of worker `index` of `count` in `n` things, in multiples of `unit`; empty where there is too little. */
export function share(n: number, unit: number, index: number, count: number): Range {
  const blocks = Math.ceil(n / unit);
  const at = (i: number) => Math.min(n, Math.ceil((blocks * i) / count) * unit);
  return { from: at(index), to: at(index + 1) };
}
