import { type Box, boxes, canvas, type Label, labels } from "./diagram";
import { Figure, type Trace } from "./figure";
import { escapeMarkup, palette } from "./style";

export interface PackedCell {
  /** The index of its group, such as a gate. */
  group: number;
  /** What is written in the cell; cells with the same mark hold the same number. */
  mark: string;
  /** What is said of it on hovering. */
  hover: string;
}
export interface PackingDiagramOptions {
  title: string;
  alt: string;
  /** Names of the groups, one colour each. */
  groups: string[];
  /** From left to right; the matrices of a column stand one below the other. */
  columns: { title: string; matrices: { name: string; cells: PackedCell[][] }[] }[];
}

const GAP = 2.2; // between columns, in cells
const HEADING = 1.5; // above each matrix

/** Matrices cell by cell, coloured by group, so that one sees where each weight lies in each packing. */
export function packingDiagram({ title, alt, groups, columns }: PackingDiagramOptions): Figure {
  const places: { cell: PackedCell; x: number; y: number }[] = [];
  const names: Label[] = [];
  let [left, lowest] = [0, 0];
  for (const { title: heading, matrices } of columns) {
    names.push({ x: left - 0.5, y: 1.4, text: `<b>${escapeMarkup(heading)}</b>`, position: "middle right" });
    let top = 0;
    for (const { name, cells } of matrices) {
      names.push({ x: left - 0.5, y: top + 0.2, text: escapeMarkup(name), position: "middle right" });
      cells.forEach((row, r) => {
        row.forEach((cell, c) => {
          if (!(cell.group in groups))
            throw new RangeError(
              `packingDiagram: ${name}[${r}][${c}].group: expected 0 to ${groups.length - 1}, got ${cell.group}`,
            );
          places.push({ cell, x: left + c, y: top - 1 - r });
        });
      });
      top -= cells.length + HEADING;
    }
    lowest = Math.min(lowest, top);
    left += Math.max(...matrices.map(({ cells }) => cells[0].length)) + GAP;
  }
  const squares = groups.map((name, g): Trace => {
    const color = palette[g % palette.length];
    const own = places.filter(({ cell }) => cell.group === g);
    const list = own.map(({ x, y }): Box => ({ x, y, width: 0.92, height: 0.92 }));
    return {
      ...boxes(list, { line: color, fill: `${color}44` }),
      name: escapeMarkup(name),
      showlegend: true,
    };
  });
  const marks = labels(
    places.map(({ cell, x, y }) => ({ x, y, text: escapeMarkup(cell.mark) })),
    { size: 11, hover: places.map(({ cell }) => escapeMarkup(cell.hover)) },
  );
  return new Figure({
    title,
    alt,
    data: [...squares, marks, labels(names)],
    layout: {
      ...canvas([-0.8, left - GAP + 0.8], [lowest + HEADING - 1, 2]),
      height: Math.round(130 + 30 * (2 - lowest - HEADING)),
      margin: { l: 10, r: 10, t: 90, b: 10 },
    },
  });
}
