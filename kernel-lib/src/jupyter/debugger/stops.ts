import type { Oxc } from "../compiler/oxc";
import type { Position } from "./positions";

/** Statements at whose start V8 can stop; the others only hold such statements, or are no code. */
const STATEMENTS = new Set([
  "BreakStatement",
  "ClassDeclaration",
  "ContinueStatement",
  "DebuggerStatement",
  "DoWhileStatement",
  "ExportAllDeclaration",
  "ExpressionStatement",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "IfStatement",
  "ImportDeclaration",
  "ReturnStatement",
  "SwitchStatement",
  "ThrowStatement",
  "TSEnumDeclaration",
  "VariableDeclaration",
  "WhileStatement",
]);

type Node = {
  type: string;
  start: number;
  declare?: boolean;
  importKind?: string;
  exportKind?: string;
  directive?: string | null;
  declarations?: { init: unknown }[];
  body?: Node;
};

/** Where code can stop: the starts of its statements, and of the values that short arrow functions return. */
export function stopsOf(oxc: Oxc, code: string, file = "cell.ts"): Position[] {
  const { program } = oxc.parse(file, code, { sourceType: "module" });
  const offsets: number[] = [];
  visit(program, (node) => {
    if (isStop(node)) offsets.push(node.start);
    if (node.type === "ArrowFunctionExpression" && node.body && node.body.type !== "BlockStatement")
      offsets.push(node.body.start);
  });
  const starts = lineStarts(code);
  return offsets.sort((a, b) => a - b).map((offset) => positionAt(starts, offset));
}

/** The place where code stops for a breakpoint in a line (from 0): the first in it or after it. */
export function stopFor(stops: readonly Position[], line: number): Position | undefined {
  return stops.find((stop) => stop.line >= line);
}

function isStop(node: Node): boolean {
  if (!STATEMENTS.has(node.type) || node.declare || node.directive) return false;
  if (node.importKind === "type" || node.exportKind === "type") return false;
  return node.type !== "VariableDeclaration" || (node.declarations ?? []).some(({ init }) => init);
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
    return;
  }
  if (typeof (value as Node).type === "string") see(value as Node);
  for (const child of Object.values(value)) if (typeof child === "object") visit(child, see);
}

function lineStarts(code: string): number[] {
  const starts = [0];
  for (const { index } of code.matchAll(/\n/g)) starts.push(index + 1);
  return starts;
}

function positionAt(starts: readonly number[], offset: number): Position {
  const line = starts.findLastIndex((start) => start <= offset);
  return { line, column: offset - starts[line]! };
}
