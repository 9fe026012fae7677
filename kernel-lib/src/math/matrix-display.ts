/** How a matrix looks: as text in a console, as a table in a notebook. */
type Grid = { readonly rows: number; readonly cols: number; readonly data: Float64Array };

const shownAtEachEnd = 5;

/** The indices to show: all of them, or the first and last few with a gap (null) between. */
function shown(length: number): (number | null)[] {
  const all = Array.from({ length }, (_, i) => i);
  if (length <= 2 * shownAtEachEnd + 1) return all;
  return [...all.slice(0, shownAtEachEnd), null, ...all.slice(-shownAtEachEnd)];
}

/** One number format for the whole matrix, so that columns line up: integers, four decimals, or scientific. */
function formatter({ data }: Grid): (value: number) => string {
  let largest = 0;
  let integers = true;
  for (const v of data) {
    if (Number.isFinite(v)) largest = Math.max(largest, Math.abs(v));
    integers &&= Number.isInteger(v) || !Number.isFinite(v);
  }
  const write = (v: number): string => {
    if (!Number.isFinite(v)) return String(v);
    if (integers && largest < 1e6) return v.toFixed(0);
    return largest >= 1e-3 && largest < 1e6 ? v.toFixed(4) : v.toExponential(3);
  };
  return (v) => {
    const text = write(v);
    return Number(text) === 0 ? text.replace("-", "") : text; // a rounded −0.00001 reads 0.0000
  };
}

function cells(m: Grid): string[][] {
  const format = formatter(m);
  return shown(m.rows).map((r) =>
    shown(m.cols).map((c) => (r === null ? "⋮" : c === null ? "…" : format(m.data[r * m.cols + c]))),
  );
}

/** `Matrix [2, 3]` and, below, the rounded values in columns; the middle of a large matrix is left out. */
export function matrixText(m: Grid): string {
  const table = cells(m);
  const width = Math.max(0, ...table.flat().map((cell) => cell.length));
  const lines = table.map((row) => `  ${row.map((cell) => cell.padStart(width)).join("  ")}`);
  return [`Matrix [${m.rows}, ${m.cols}]`, ...lines].join("\n");
}

/** The MIME bundle of a matrix: plain text, and an HTML table with the indices of rows and columns as its headers. */
export function matrixBundle(m: Grid): Record<string, unknown> {
  const title = `Matrix [${m.rows}, ${m.cols}]`;
  const head = shown(m.cols).map((c) => `<th scope="col">${c ?? "…"}</th>`);
  const indices = shown(m.rows);
  const body = cells(m).map((row, at) => {
    const values = row.map((cell) => `<td>${cell}</td>`); // formatted numbers, so nothing to escape
    return `<tr><th scope="row">${indices[at] ?? "⋮"}</th>${values.join("")}</tr>`;
  });
  return {
    "text/plain": matrixText(m),
    "text/html":
      `<div role="region" aria-label="${title}" tabindex="0" style="overflow-x:auto"><table>` +
      `<caption style="text-align:left;white-space:nowrap">${title}</caption><thead><tr><td></td>${head.join("")}</tr></thead>` +
      `<tbody>${body.join("")}</tbody></table></div>`,
  };
}
