import { readFileSync } from "node:fs";
import path from "node:path";
import type { CellSyntax } from "./declarations";
import { diagnostic } from "./diagnostics";
import { isTypeScript } from "./local-modules";
import { nodes } from "./nodes";
import type { Oxc } from "./oxc";
import { positionAt, type Span } from "./positions";
import type { Project } from "./project";
import type { Position, Problem } from "./protocol";
import { reservedNames } from "./reserved-names";
import type { CellDiagnostic } from "./types";

const noJsx = "JSX is not supported in cells. Build the HTML as text and show it with display().";

/**
 * The errors of a cell, sorted by position: of its syntax if it has such, else of its types.
 *
 * @param problems what the checker found in its file, where one line stands before the cell's code
 * @param explain what a message of the checker, given with its number, means in a notebook
 */
export function cellErrors(
  oxc: Oxc,
  cell: CellSyntax,
  count: number,
  problems: readonly Problem[],
  explain: (number: number, message: string) => string,
): CellDiagnostic[] {
  const { code, errors } = cell;
  const place = `cell[${count}]`;
  const syntax = errors.map(({ message, start, end }) =>
    diagnostic(code, place, positionAt(code, start), positionAt(code, end), 0, message),
  );
  const [first] = syntax;
  const jsx = first && jsxIn(oxc, code);
  if (jsx) return [diagnostic(code, place, positionAt(code, jsx.start), positionAt(code, jsx.end), 0, noJsx)];
  const up = ({ line, character }: Position) => ({ line: line - 1, character });
  const found = problems
    .filter(({ code: number = 0 }) => first === undefined || isSyntactic(number))
    .map(({ range, code: number = 0, message }) =>
      diagnostic(code, place, up(range.start), up(range.end), number, explain(number, message)),
    );
  const taken = reservedNames(cell).map(({ start, end, code: number, message }) =>
    diagnostic(code, place, positionAt(code, start), positionAt(code, end), number, message),
  );
  if (first === undefined) found.push(...taken);
  return found.length > 0 ? found.sort((a, b) => a.line - b.line || a.column - b.column) : syntax;
}

/** The errors of local modules, each with the module's name in place of the cell's. */
export async function moduleErrors(
  { workspace }: Project,
  cwd: string,
  modules: readonly string[],
): Promise<CellDiagnostic[]> {
  const found: CellDiagnostic[] = [];
  for (const file of modules.filter(isTypeScript)) {
    const problems = await workspace.ask((checker) => checker.moduleDiagnostics(file));
    if (problems.length === 0) continue;
    const text = readFileSync(file, "utf8");
    for (const { pos, end, code, text: message } of problems) {
      found.push(
        diagnostic(
          text,
          path.relative(cwd, file),
          positionAt(text, pos),
          positionAt(text, end),
          code,
          message,
        ),
      );
    }
  }
  return found;
}

/** TypeScript gives the errors of its parser the numbers from 1000. */
function isSyntactic(number: number): boolean {
  return number >= 1000 && number < 2000;
}

/** The first JSX element of code that is no TypeScript, but would be with JSX. */
function jsxIn(oxc: Oxc, code: string): Span | undefined {
  const { program, errors } = oxc.parse("cell.tsx", code, { sourceType: "module", lang: "tsx" });
  return errors.length > 0
    ? undefined
    : nodes(program, (type) => /^JSX(Element|Fragment)$/.test(type)).next().value;
}
