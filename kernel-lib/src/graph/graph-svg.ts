import { inLines } from "../plot/in-lines";
import { escapeMarkup, ink } from "../plot/style";
import type { ComputationGraph, NodeValues } from "./computation-graph";
import { describeGraph, shapeOf, valueIn } from "./graph-text";
import { HEADER, layoutGraph, type PlacedEdge, type PlacedNode, type Point } from "./layout";
import { fills, lines } from "./node-colours";

/**
 * The graph as an SVG that reads well aloud: title, description, and each box as a picture of its own, in the order of
 * computation, whose name and tooltip say role, equation, shape and value. Boxes hold the label and the role; the text
 * stays text.
 *
 * @param values of one run, which also say how high the boxes are
 */
export function graphSvg(graph: ComputationGraph, values: NodeValues): string {
  const { width, height, nodes, edges } = layoutGraph(graph, values);
  const id = graph.title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group"`,
    ` aria-labelledby="${id}-title" aria-describedby="${id}-desc" font-family="Noto Sans, Noto Sans Devanagari, Noto Sans Math, Arial, sans-serif">`,
    `<title id="${id}-title">${escapeMarkup(graph.title)}</title>`,
    `<desc id="${id}-desc">${escapeMarkup(describeGraph(graph))}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...edges.map(edgePath),
    ...nodes.map((placed) => nodeGroup(placed, values)),
    "</svg>",
  ].join("\n");
}

function edgePath({ start, bend, handles, tail, end }: PlacedEdge): string {
  const at = ([x, y]: Point) => `${round(x)} ${round(y)}`;
  const [dx, dy] = [Math.sign(end[0] - tail[0]), Math.sign(end[1] - tail[1])];
  const head: Point[] = [
    end,
    [tail[0] + 4.5 * dy, tail[1] + 4.5 * dx],
    [tail[0] - 4.5 * dy, tail[1] - 4.5 * dx],
  ];
  return (
    `<path d="M${at(start)} L${at(bend)} C${handles.map(at).join(" ")} ${at(tail)}" fill="none" stroke="#555555" stroke-width="1.6"/>` +
    `<path d="M${head.map(at).join(" L")} Z" fill="#555555"/>`
  );
}

function nodeGroup({ node, x, y, width, height }: PlacedNode, values: NodeValues): string {
  const now = `shape ${shapeOf(values, node.id)}, value ${valueIn(node, values)}`;
  const said = `${node.meaning}: ${node.equation}; ${now}`;
  const role = inLines(node.meaning, Math.floor(width / 5.6));
  const first = y - height / 2 + HEADER + 10;
  return [
    `<g role="img" aria-label="${attribute(`${node.label}, ${said}`)}">`,
    `<title>${escapeMarkup(said)}</title>`,
    `<rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}" rx="5"`,
    ` fill="${fills[node.kind]}" stroke="${lines[node.kind]}" stroke-width="1.6"/>`,
    `<text x="${round(x)}" y="${round(y - height / 2 + 16)}" text-anchor="middle" font-size="12" font-weight="bold" fill="${ink}">${escapeMarkup(node.label)}</text>`,
    ...role.map(
      (line, k) =>
        `<text x="${round(x)}" y="${round(first + 12 * k)}" text-anchor="middle" font-size="10.5" fill="${ink}">${escapeMarkup(line)}</text>`,
    ),
    "</g>",
  ].join("");
}

const attribute = (text: string): string => escapeMarkup(text).replace(/"/g, "&quot;");
const round = (value: number): number => Number(value.toFixed(1));
