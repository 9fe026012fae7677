import { inLines } from "./in-lines";
import { escapeMarkup, ink } from "./style";

/**
 * A box of a flowchart and what follows it: several ways make it a question, one makes it a step, none an end.
 * One object may stand behind one way only: a tree.
 */
export interface FlowchartNode {
  readonly text: string;
  /** What is known about it in a few words, written below the text of an end. */
  readonly note?: string;
  readonly next?: readonly FlowchartWay[];
}
export interface FlowchartWay {
  /** Written beside the arrow: the answer that leads there. */
  readonly answer?: string;
  readonly to: FlowchartNode;
}
/** A way from the first box to an end: the boxes passed, and the answer that leads on from each but the last. */
export interface FlowchartPath {
  readonly nodes: readonly FlowchartNode[];
  readonly answers: readonly string[];
}

interface Placed {
  node: FlowchartNode;
  x: number;
  y: number;
  children: { answer: string; placed: Placed }[];
}

const COLUMN = 168;
const ROW = 112;
const BOX = { width: 150, height: 62 };
const DIAMOND = { width: 164, height: 88 };

/** Every way from the first box to an end, left to right. */
export function flowchartPaths(node: FlowchartNode): FlowchartPath[] {
  if (!node.next?.length) return [{ nodes: [node], answers: [] }];
  return node.next.flatMap(({ answer = "", to }) =>
    flowchartPaths(to).map(({ nodes, answers }) => ({
      nodes: [node, ...nodes],
      answers: [answer, ...answers],
    })),
  );
}

/** The chart in words: each end with the questions and answers that lead to it. */
export function describeFlowchart(node: FlowchartNode): string {
  return flowchartPaths(node)
    .map(({ nodes, answers }) => {
      const ways = answers.flatMap((answer, k) => (answer ? [`${nodes[k].text} ${answer}`] : []));
      const end = nodes[nodes.length - 1];
      return `${[...ways, end.text].join(" → ")}${end.note ? ` (${end.note})` : ""}.`;
    })
    .join(" ");
}

/**
 * A flowchart as an SVG with title and description: questions as diamonds, steps as boxes, ends as rounded boxes. Each
 * box stands above the middle of those that follow it. Texts of more than three lines of about 18 characters do not fit.
 *
 * @param title unique in its document: the ids of the SVG's title and description are made from it
 */
export function flowchartSvg(root: FlowchartNode, title: string): string {
  const ends = { count: 0 };
  const top = place(root, 0, ends);
  const all = flat(top);
  const width = ends.count * COLUMN + 16;
  const height = all.reduce((most, { y }) => Math.max(most, y), 0) + BOX.height / 2 + 12;
  const id = `flowchart-${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"`,
    ` aria-labelledby="${id}-title" aria-describedby="${id}-desc" font-family="Noto Sans, Noto Sans Math, Arial, sans-serif">`,
    `<title id="${id}-title">${escapeMarkup(title)}</title>`,
    `<desc id="${id}-desc">${escapeMarkup(describeFlowchart(root))}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...all.flatMap(ways),
    ...all.map(shape),
    "</svg>",
  ].join("\n");
}

function place(node: FlowchartNode, depth: number, ends: { count: number }): Placed {
  const y = 8 + DIAMOND.height / 2 + depth * ROW;
  const children = (node.next ?? []).map(({ answer = "", to }) => ({
    answer,
    placed: place(to, depth + 1, ends),
  }));
  const x = children.length
    ? (children[0].placed.x + children[children.length - 1].placed.x) / 2
    : 8 + COLUMN * (ends.count++ + 0.5);
  return { node, x, y, children };
}

const flat = (placed: Placed): Placed[] => [
  placed,
  ...placed.children.flatMap((child) => flat(child.placed)),
];
const isQuestion = ({ children }: Placed): boolean => children.length > 1;
const halfHeight = (placed: Placed): number => (isQuestion(placed) ? DIAMOND : BOX).height / 2;

/** The arrows that leave a box: sideways from a diamond's corner and down, or straight down. */
function ways(from: Placed): string[] {
  return from.children.map(({ answer, placed: to }) => {
    const side = Math.sign(to.x - from.x);
    const [x0, y0] = side
      ? [from.x + (side * DIAMOND.width) / 2, from.y]
      : [from.x, from.y + halfHeight(from)];
    const end = to.y - halfHeight(to);
    const text = side
      ? `<text x="${to.x + side * 8}" y="${y0 + 20}" text-anchor="${side < 0 ? "end" : "start"}"`
      : `<text x="${x0 + 8}" y="${(y0 + end) / 2}" text-anchor="start"`;
    return [
      `<path d="M${x0} ${y0} L${to.x} ${y0} L${to.x} ${end - 8}" fill="none" stroke="#555555" stroke-width="1.6"/>`,
      `<path d="M${to.x} ${end} L${to.x - 4.5} ${end - 9} L${to.x + 4.5} ${end - 9} Z" fill="#555555"/>`,
      ...(answer
        ? [`${text} font-size="13" font-weight="bold" fill="${ink}">${escapeMarkup(answer)}</text>`]
        : []),
    ].join("");
  });
}

function shape(placed: Placed): string {
  const { node, x, y, children } = placed;
  const { width, height } = isQuestion(placed) ? DIAMOND : BOX;
  const [left, top] = [x - width / 2, y - height / 2];
  const outline = isQuestion(placed)
    ? `<path d="M${left} ${y} L${x} ${top} L${left + width} ${y} L${x} ${top + height} Z" fill="#fbe3d3" stroke="#D55E00" stroke-width="1.6"/>`
    : children.length
      ? `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#f2f2f2" stroke="#767676" stroke-width="1.6"/>`
      : `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="16" fill="#d6e8f5" stroke="#0072B2" stroke-width="1.6"/>`;
  const lines = [
    ...inLines(node.text, isQuestion(placed) ? 14 : 19).map((text) => ({ text, weight: "bold" })),
    ...(node.note ? inLines(node.note, 22).map((text) => ({ text, weight: "normal" })) : []),
  ];
  const first = y - (lines.length - 1) * 7.5 + 4.5;
  return [
    `<g role="img" aria-label="${escapeMarkup(`${node.text}${node.note ? `, ${node.note}` : ""}`).replace(/"/g, "&quot;")}">`,
    outline,
    ...lines.map(
      ({ text, weight }, k) =>
        `<text x="${x}" y="${first + 15 * k}" text-anchor="middle" font-size="12.5" font-weight="${weight}" fill="${ink}">${escapeMarkup(text)}</text>`,
    ),
    "</g>",
  ].join("");
}
