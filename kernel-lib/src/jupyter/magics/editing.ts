import type { Compiler, Completeness, Completion, Inspection } from "../compiler/types";
import type { Magic } from "./magic";
import { type MagicPlace, readMagics } from "./read";
import { findMagic, MAGICS } from "./registry";

/** Completes TypeScript and, where a statement would begin, the names of magics: `%wh` to `%who`. */
export async function complete(compiler: Compiler, code: string, offset: number): Promise<Completion> {
  const names = await completeName(compiler, code, offset);
  if (names) return names;
  const cell = await read(compiler, code);
  if (cell && placeAt(cell.places, offset)) return { matches: [], start: offset, end: offset };
  return compiler.complete(cell?.plain ?? code, offset);
}

/** Explains TypeScript and magics. */
export async function inspect(
  compiler: Compiler,
  code: string,
  offset: number,
): Promise<Inspection | undefined> {
  const named = findMagic(code.trim());
  if (named) return explanation(named);
  const cell = await read(compiler, code);
  const place = cell && placeAt(cell.places, offset);
  if (!place) return compiler.inspect(cell?.plain ?? code, offset);
  return offset <= place.nameEnd ? explanation(place.magic) : undefined;
}

/** Whether a console should run the code. Where a cell magic's cell ends, only an empty line tells. */
export async function isComplete(compiler: Compiler, code: string): Promise<Completeness> {
  const cell = await read(compiler, code);
  if (!cell) return compiler.isComplete(code);
  if (cell.problem) return { status: "invalid" };
  if (!cell.places[0]?.magic.name.startsWith("%%")) return compiler.isComplete(cell.plain);
  return /\n[ \t]*$/.test(code) ? { status: "complete" } : { status: "incomplete", indent: "" };
}

function read(compiler: Compiler, code: string): ReturnType<typeof readMagics> {
  return readMagics(code, () => compiler.names());
}

async function completeName(
  compiler: Compiler,
  code: string,
  offset: number,
): Promise<Completion | undefined> {
  const lineStart = Math.max(code.lastIndexOf("\n", offset - 1), code.lastIndexOf("\r", offset - 1)) + 1;
  const [, indent = "", begun] = /^([ \t]*)(%%?[\p{L}\p{N}_]*)$/u.exec(code.slice(lineStart, offset)) ?? [];
  if (begun === undefined) return undefined;
  const before = code.slice(0, lineStart);
  const isFirst = before.trim() === "";
  const found = MAGICS.filter(({ name }) => name.startsWith(begun) && (isFirst || !name.startsWith("%%")));
  // A magic in its place tells whether one can stand there.
  const there = await read(compiler, `${before}%who`);
  if (found.length === 0 || !there?.places.some(({ start }) => start === lineStart)) return undefined;
  return {
    matches: found.map(({ name }) => ({ text: name, kind: "magic" })),
    start: lineStart + indent.length,
    end: offset,
  };
}

/** The magic whose own text is at an offset. */
function placeAt(places: readonly MagicPlace[], offset: number): MagicPlace | undefined {
  return places.find(({ start, end }) => start <= offset && offset <= end);
}

function explanation({ usage, documentation }: Magic): Inspection {
  const plain = `${usage}\n${documentation.replaceAll("`", "")}`;
  return { plain, markdown: `\`${usage}\`\n\n${documentation}` };
}
