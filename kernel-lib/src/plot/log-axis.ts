import type { Layout } from "./figure";

/**
 * The settings of a logarithmic axis for these values. Over at most three powers of ten its ticks are written out,
 * 1, 2, 5, 10, 20, 50, 100 (plotly alone would write 1, 2, 5, 10, 2, 5, 10²); over more they are powers of ten, at most
 * a dozen.
 */
export function logAxis(values: readonly number[]): Layout {
  const positive = values.filter((v) => v > 0 && Number.isFinite(v));
  const low = positive.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = positive.reduce((a, b) => Math.max(a, b), 0);
  const decades = Math.log10(high) - Math.log10(low);
  if (positive.length === 0) return { type: "log", dtick: 1, exponentformat: "power" };
  if (decades > 3) return { type: "log", dtick: Math.ceil(decades / 12), exponentformat: "power" };
  const digits = decades < 0.7 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [1, 2, 5];
  const ticks: number[] = [];
  for (let e = Math.floor(Math.log10(low)) - 1; e <= Math.ceil(Math.log10(high)); e++)
    for (const digit of digits) {
      const tick = Number(`${digit}e${e}`);
      if (tick >= low / 2 && tick <= high * 2) ticks.push(tick);
    }
  return { type: "log", tickvals: ticks, ticktext: ticks.map(String) };
}
