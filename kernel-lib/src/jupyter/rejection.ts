import type { RejectedCell } from "./compiler/types";
import type { ErrorContent } from "./protocol";

/** A cell that the compiler refused, with the lines of each error. */
export function describeRejection({ ename, diagnostics, total }: RejectedCell): ErrorContent {
  const told = diagnostics.map(({ location, code, message, frame }) => {
    const number = code === 0 ? "" : ` TS${code}`;
    return { summary: `${location} - error${number}: ${message}`, location, number, message, frame };
  });
  const evalue = told[0]?.summary ?? "The cell has errors";
  const traceback = told.flatMap(({ location, number, message, frame }) => [
    `\x1b[36m${location}\x1b[0m - \x1b[31merror\x1b[0m\x1b[2m${number}:\x1b[0m ${message}`,
    ...frame.split("\n"),
    "",
  ]);
  if (total > diagnostics.length) traceback.push(`… and ${total - diagnostics.length} more errors`);
  return { ename, evalue, traceback: [`\x1b[31m\x1b[1m${ename}\x1b[0m`, ...traceback] };
}
