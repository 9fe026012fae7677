import { diagnostic } from "../compiler/diagnostics";
import { lineBreak, offsetAt, positionAt } from "../compiler/positions";
import type { RejectedCell } from "../compiler/types";
import { interrupted } from "../remote-runner";
import type { Outcome } from "../runner/messages";
import { addUsage, measure, type Usage } from "../runner/usage";
import { hintAt } from "./hint";
import type { CodeStep, MagicKernel, Step } from "./magic";
import { blank, type MagicCell } from "./read";

/** What the parts of a cell are run with. */
export interface CellRunner extends Omit<MagicKernel, "run"> {
  /** Type-checks code as the cell without running it; an outcome only where it has errors. */
  check(plain: string): Promise<Outcome | undefined>;
  /** Type-checks and runs code as a part of the cell. */
  runCode(code: string): Promise<Outcome>;
}

/** Runs a cell with magics. A type error anywhere in the cell stops it before it begins. */
export async function runMagics({ plain, steps }: MagicCell, runner: CellRunner): Promise<Outcome> {
  const onlyCode = steps.length === 0 || isWholeCell(steps);
  const rejected = onlyCode ? undefined : await runner.check(plain);
  if (rejected) return rejected;
  if (steps.length === 0) return runner.runCode(plain);

  const run = async (parts: readonly Step[]): Promise<Outcome> => {
    let usage: Usage | undefined;
    let outcome: Outcome = { status: "ok" };
    for (const part of parts) {
      if (runner.signal.aborted) return interrupted();
      const used = measure();
      outcome = await ("magic" in part ? part.magic.run(part, kernel) : runner.runCode(only(plain, part)));
      if (outcome.status === "error") return outcome;
      const more = outcome.usage ?? used();
      usage = usage ? addUsage(usage, more) : more;
    }
    return { ...outcome, ...(usage && { usage }) };
  };
  const kernel: MagicKernel = { ...runner, run };
  return run(steps);
}

/** Whether nothing runs before the code, so that its own type check comes first anyway. */
function isWholeCell([first, ...others]: readonly Step[]): boolean {
  if (first === undefined || others.length > 0) return false;
  return !("magic" in first) || (first.steps.length > 0 && isWholeCell(first.steps));
}

/** A cell of which only a part is left, at its place. */
function only(plain: string, { start, end }: CodeStep): string {
  return blank(blank(plain, end, plain.length), 0, start);
}

/** What is wrong with a cell's magics, as the type checker would tell it. */
export function rejectMagics(code: string, place: string, { problem }: MagicCell): RejectedCell | undefined {
  if (!problem) return undefined;
  const [start, end] = [positionAt(code, problem.start), positionAt(code, problem.end)];
  const diagnostics = [diagnostic(code, place, start, end, 0, problem.message)];
  return { ok: false, ename: "SyntaxError", diagnostics, total: 1, warnings: [] };
}

/**
 * The errors of a cell's TypeScript with the lines of the cell as its user wrote it, and what `!ls` or `%who` may have meant.
 * @param checked the text that was checked, in which magics are blanked out
 */
export function inSource(rejected: RejectedCell, checked: string, source: string): RejectedCell {
  const lines = checked.split(lineBreak);
  const diagnostics = rejected.diagnostics.map((one) => {
    const [place] = /^cell\[\d+\]/.exec(one.location) ?? [];
    if (place === undefined) return one;
    const start = { line: one.line - 1, character: one.column - 1 };
    const end = positionAt(source, offsetAt(source, start) + one.length);
    const isFirst = one === rejected.diagnostics[0];
    const hint = isFirst ? hintAt(lines[start.line] ?? "", start.character) : undefined;
    const message = hint === undefined ? one.message : `${one.message} ${hint}`;
    return diagnostic(source, place, start, end, one.code, message);
  });
  return { ...rejected, diagnostics };
}
