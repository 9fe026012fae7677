import { jsonDifferences } from "./json-diff";
import { type CodeCell, hasTag, headingAbove, type Notebook, type Output } from "./nbformat";
import { shortValue, textDifference } from "./text-diff";

/** Something that came out otherwise than committed. `cell` and `output` count from 1; `lines` say what differs. */
export type Difference = {
  cell?: number;
  heading?: string;
  output?: number;
  mimeType?: string;
  lines: string[];
};

const SHOWN_PATHS = 3;
const PNG = "image/png";

/**
 * Every difference between a committed notebook and the same one just executed. Outputs are compared exactly; those of
 * a cell tagged `volatile` (it shows times) only by their count, kinds and MIME types.
 */
export function compareNotebooks(committed: Notebook, executed: Notebook): Difference[] {
  const metadata = jsonDifferences(committed.metadata, executed.metadata, "metadata");
  const differences: Difference[] = metadata.length > 0 ? [{ lines: describePaths(metadata) }] : [];
  for (const [index, expected] of committed.cells.entries()) {
    const actual = executed.cells[index];
    if (expected.cell_type !== "code" || actual?.cell_type !== "code") continue;
    const place = { cell: index + 1, heading: headingAbove(committed.cells, index) };
    for (const difference of compareCells(expected, actual)) differences.push({ ...place, ...difference });
  }
  return differences;
}

function compareCells(expected: CodeCell, actual: CodeCell): Difference[] {
  const differences: Difference[] = [];
  if (expected.execution_count !== actual.execution_count)
    differences.push({
      lines: [`execution count: expected ${expected.execution_count}, came ${actual.execution_count}`],
    });
  if (expected.outputs.length !== actual.outputs.length)
    differences.push({
      lines: [`outputs: expected ${kinds(expected.outputs)}, came ${kinds(actual.outputs)}`],
    });
  const compare = hasTag(expected, "volatile") ? compareShapes : compareOutputs;
  for (let i = 0; i < Math.min(expected.outputs.length, actual.outputs.length); i++)
    for (const difference of compare(expected.outputs[i]!, actual.outputs[i]!))
      differences.push({ output: i + 1, ...difference });
  return differences;
}

function compareOutputs(expected: Output, actual: Output): Difference[] {
  if (expected.output_type === "stream" && actual.output_type === "stream" && expected.name === actual.name)
    return expected.text === actual.text ? [] : [{ lines: textDifference(expected.text, actual.text) }];
  if (expected.output_type === "error" && actual.output_type === "error") {
    const [before, after] = [expected, actual].map(({ ename, evalue, traceback }) =>
      [`${ename}: ${evalue}`, ...traceback].join("\n"),
    );
    return before === after ? [] : [{ lines: textDifference(before!, after!) }];
  }
  if ("data" in expected && "data" in actual && expected.output_type === actual.output_type) {
    const { data: before, ...restBefore } = expected;
    const { data: after, ...restAfter } = actual;
    const rest = jsonDifferences(restBefore, restAfter);
    return [...compareBundles(before, after), ...(rest.length > 0 ? [{ lines: describePaths(rest) }] : [])];
  }
  return compareShapes(expected, actual);
}

function compareBundles(expected: Record<string, unknown>, actual: Record<string, unknown>): Difference[] {
  const mimeTypes = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  const differing = [...mimeTypes].filter((type) => jsonDifferences(expected[type], actual[type]).length > 0);
  // A picture follows from its figure: when the figure differs, that alone is worth saying.
  const shown = differing.length > 1 ? differing.filter((type) => type !== PNG) : differing;
  return shown.map((mimeType) => ({
    mimeType,
    lines: describeValues(mimeType, expected[mimeType], actual[mimeType]),
  }));
}

function describeValues(mimeType: string, expected: unknown, actual: unknown): string[] {
  if (expected === undefined) return ["not expected, but came"];
  if (actual === undefined) return ["expected, but did not come"];
  if (mimeType === PNG) return ["static picture differs"];
  if (typeof expected === "string" && typeof actual === "string") return textDifference(expected, actual);
  return describePaths(jsonDifferences(expected, actual));
}

function describePaths(differences: ReturnType<typeof jsonDifferences>): string[] {
  const lines = differences
    .slice(0, SHOWN_PATHS)
    .map(
      ({ path, expected, actual }) => `${path}: expected ${shortValue(expected)}, came ${shortValue(actual)}`,
    );
  const more = differences.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more`] : lines;
}

function compareShapes(expected: Output, actual: Output): Difference[] {
  const [before, after] = [shape(expected), shape(actual)];
  return before === after ? [] : [{ lines: [`expected ${before}, came ${after}`] }];
}

function shape(output: Output): string {
  if (output.output_type === "stream") return `stream ${output.name}`;
  if (output.output_type === "error") return "error";
  return `${output.output_type} (${Object.keys(output.data).sort().join(", ")})`;
}

const kinds = (outputs: readonly Output[]): string =>
  outputs.length === 0 ? "none" : `${outputs.length}: ${outputs.map(shape).join("; ")}`;

/** A difference as text for people, its place in the first line. */
export function describeDifference({ cell, heading, output, mimeType, lines }: Difference): string {
  const place = [
    cell !== undefined && `cell ${cell}${heading ? ` (under "${heading}")` : ""}`,
    output !== undefined && `output ${output}`,
    mimeType,
  ].filter(Boolean);
  return [place.length > 0 ? place.join(", ") : "notebook", ...lines.map((line) => `  ${line}`)].join("\n");
}
