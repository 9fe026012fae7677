import type { ComputationGraph, GraphNode, NodeValues } from "./computation-graph";

/** A node's box and its cells, in pixels; y grows downward. */
export interface PlacedNode {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How many elements of its value are shown, each as high as `cellHeight`; 1 where the node says its value in a word. */
  readonly cells: number;
  readonly cellHeight: number;
}
export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** A line from `start` to `bend`, a cubic Bézier curve over the handles to `tail`, and the arrow's head from there to `end`. */
  readonly start: Point;
  readonly bend: Point;
  readonly handles: readonly [Point, Point];
  readonly tail: Point;
  readonly end: Point;
}
export type Point = readonly [number, number];
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Height of a box's line with its label. */
export const HEADER = 22;
const WIDTH = 780; // a notebook's width
const MOST_CELLS = 16;
const HEAD = 9; // length of an arrow's head
const NUMBERS = 4; // so many elements are shown as numbers, more as stripes of colour

/** The elements that a box shows as numbers; longer values are stripes of colour. */
export const showsNumbers = ({ cells, node }: PlacedNode): boolean => cells <= NUMBERS && !node.says;

/**
 * Boxes in columns, by what has to be computed before, on the nodes' own lanes. Edges stay on their source's lane up to
 * the column before their target, and bend there.
 *
 * @param values of one run: boxes are as high as their values are long
 */
export function layoutGraph(graph: ComputationGraph, values: NodeValues): GraphLayout {
  const layers = graph.layers();
  const columnOf = (node: GraphNode) => node.column ?? layers[node.id];
  const columns = 1 + graph.nodes.reduce((most, node) => Math.max(most, columnOf(node)), 0);
  const pitch = WIDTH / columns;
  const width = Math.min(92, pitch * 0.72);
  const sized = graph.nodes.map((node) => {
    const cells = node.says ? 1 : Math.min(MOST_CELLS, values[node.id].cols);
    const cellHeight = node.says ? 20 : cells <= NUMBERS ? 17 : 6;
    return { node, cells, cellHeight, height: HEADER + cells * cellHeight + 5 };
  });
  const lanePitch = 30 + tallestNeighbour(sized, columnOf);
  const top =
    4 + sized.reduce((most, { node, height }) => Math.max(most, height / 2 - node.lane * lanePitch), 0);
  const nodes = sized.map(({ node, ...size }) => ({
    node,
    ...size,
    width,
    x: (columnOf(node) + 0.5) * pitch,
    y: top + node.lane * lanePitch,
  }));
  const bottom = nodes.reduce((most, { y, height }) => Math.max(most, y + height / 2), 0);
  const placed = new Map(nodes.map((node) => [node.node.id, node]));
  const edges = nodes.flatMap((to) => {
    const sources = to.node.inputs.map((id) => placed.get(id) as PlacedNode);
    const entering = sources.filter(({ x }) => x < to.x).sort((a, b) => a.y - b.y);
    return sources.map((from) => edge(from, to, entering, pitch));
  });
  return { width: WIDTH, height: Math.ceil(bottom + 4), nodes, edges };
}

type Sized = { node: GraphNode; height: number };

/** Among columns with more than one box: lanes have to be this far apart. */
function tallestNeighbour(sized: readonly Sized[], columnOf: (node: GraphNode) => number): number {
  const crowded = sized.filter(({ node }) =>
    sized.some((other) => other.node !== node && columnOf(other.node) === columnOf(node)),
  );
  return (crowded.length ? crowded : sized).reduce((most, { height }) => Math.max(most, height), 0);
}

/** From side to side, or from top to bottom within a column; what enters a box together enters one below the other. */
function edge(from: PlacedNode, to: PlacedNode, entering: readonly PlacedNode[], pitch: number): PlacedEdge {
  const ends = { from: from.node.id, to: to.node.id };
  if (from.x === to.x) {
    const down = Math.sign(to.y - from.y);
    const start: Point = [from.x, from.y + (down * from.height) / 2];
    const end: Point = [to.x, to.y - (down * to.height) / 2];
    const tail: Point = [end[0], end[1] - down * HEAD];
    return { ...ends, start, bend: start, handles: [start, tail], tail, end };
  }
  const spread = Math.min(18, to.height / (entering.length + 1));
  const offset = (entering.indexOf(from) - (entering.length - 1) / 2) * spread;
  const start: Point = [from.x + from.width / 2, from.y];
  const end: Point = [to.x - to.width / 2, to.y + offset];
  const tail: Point = [end[0] - HEAD, end[1]];
  const bend: Point = [Math.max(start[0], to.x - pitch + from.width / 2), from.y];
  const middle = (bend[0] + tail[0]) / 2;
  const handles = [
    [middle, bend[1]],
    [middle, tail[1]],
  ] as const;
  return { ...ends, start, bend, handles, tail, end };
}
