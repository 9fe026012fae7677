/** Text with the characters that mean something in HTML replaced. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" };
  return text.replace(/[&<>"']/g, (character) => `&${entities[character]};`);
}

/** A table of text, as far as it is shown. */
export type HtmlTable = {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[];
  /** Columns whose cells are words and so stand on the left, as JupyterLab puts numbers on the right. */
  readonly words?: ReadonlySet<number>;
};

/** A table with caption and headers, in a region that scrolls, also by keyboard. */
export function htmlTable({ caption, columns, rows, words }: HtmlTable): string {
  const align = (column: number) => (words?.has(column) ? ' style="text-align:left"' : "");
  const head = columns.map((name, column) => `<th scope="col"${align(column)}>${escapeHtml(name)}</th>`);
  const body = rows.map(({ label, cells }) => {
    const data = cells.map((text, column) => `<td${align(column)}>${escapeHtml(text)}</td>`);
    return `<tr><th scope="row">${escapeHtml(label)}</th>${data.join("")}</tr>`;
  });
  return [
    `<div role="region" aria-label="${escapeHtml(caption)}" tabindex="0" style="overflow:auto;max-height:36em">`,
    `<table style="margin:0">`,
    `<caption style="text-align:left;white-space:nowrap">${escapeHtml(caption)}</caption>`,
    `<thead><tr><td></td>${head.join("")}</tr></thead>`,
    `<tbody>`,
    ...body,
    `</tbody></table></div>`,
  ].join("\n");
}
