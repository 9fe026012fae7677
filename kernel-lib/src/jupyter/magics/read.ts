import { loadOxc, type Oxc } from "../compiler/oxc";
import type { CodeStep, Magic, Step } from "./magic";
import { findMagic, unknownMagic } from "./registry";

/** What is wrong with a magic, and where: offsets in UTF-16 code units. */
export interface Problem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** A magic's place: from `start` on its mark and name, up to `nameEnd`; its own text ends at `end`. */
export interface MagicPlace {
  readonly magic: Magic;
  readonly start: number;
  readonly nameEnd: number;
  readonly end: number;
}

/** A cell with magics. */
export interface MagicCell {
  /** The cell as TypeScript: each magic is blanked out, all else stands at its place. */
  readonly plain: string;
  readonly places: readonly MagicPlace[];
  readonly steps: readonly Step[];
  /** The first thing that is wrong with its magics. */
  readonly problem?: Problem | undefined;
}

/** A line that may be a magic: its mark and name, and what follows them. */
const CANDIDATE = /^([ \t]*)(%%?[\p{L}_][\p{L}\p{N}_]*|!(?!=))(.*)$/gmu;
const FIRST_LINE = /^(\s*)(%%[\p{L}_][\p{L}\p{N}_]*)([^\r\n]*)/u;

/**
 * Reads the magics of a cell, or undefined where it has none.
 *
 * A cell that would run as TypeScript is never taken for magic: a `%` after an expression that may go on is the
 * remainder operator wherever its right side may be a variable.
 *
 * @param names the names that earlier cells declared
 */
export async function readMagics(
  code: string,
  names: () => readonly string[],
): Promise<MagicCell | undefined> {
  if (!code.includes("%") && !code.includes("!")) return undefined;
  const first = FIRST_LINE.exec(code);
  if (!first && !new RegExp(CANDIDATE, "mu").test(code)) return undefined;
  const oxc = await loadOxc();
  return first ? readCellMagic(oxc, code, first, names) : readLines(oxc, code, 0, code, names);
}

function readCellMagic(
  oxc: Oxc,
  code: string,
  [line, indent = "", name = "", rest = ""]: RegExpExecArray,
  names: () => readonly string[],
): MagicCell {
  const start = indent.length;
  const nameEnd = start + name.length;
  const magic = findMagic(name);
  if (!magic) return refused(code, { message: unknownMagic(name), start, end: nameEnd });
  if (rest.trim() !== "") {
    const message = `${name}: expected nothing behind it in its line, got ${rest.trim()}`;
    return refused(code, { message, start: nameEnd, end: line.length });
  }
  const body = code.slice(line.length).replace(/^\r?\n/, "");
  if (magic.takes === "text") {
    const place = { magic, start, nameEnd, end: code.length };
    const steps = [{ magic, argument: body, steps: [] }];
    return { plain: withoutMagic(code, start, code.length), places: [place], steps };
  }
  const plain = withoutMagic(code, start, line.length);
  const { places, steps, ...inner } = readLines(oxc, code, line.length, plain, names);
  const place = { magic, start, nameEnd, end: line.length };
  return { ...inner, places: [place, ...places], steps: [{ magic, argument: "", steps }] };
}

/** Reads the magics of the lines from an offset on. `text` is the cell with what stands before already blanked out. */
function readLines(
  oxc: Oxc,
  code: string,
  from: number,
  text: string,
  names: () => readonly string[],
): MagicCell {
  let plain = text;
  const places: MagicPlace[] = [];
  for (const { 0: line, 1: indent = "", 2: name = "", index } of code.matchAll(CANDIDATE)) {
    const start = index + indent.length;
    const nameEnd = start + name.length;
    const lineEnd = index + line.length;
    if (start < from || !isMagic(oxc, { code, plain, start, name, lineEnd }, names)) continue;
    const magic = findMagic(name);
    if (!magic) return refused(plain, { message: unknownMagic(name), start, end: nameEnd });
    if (magic.takes === "code" || magic.takes === "text") {
      const message = `${name} must stand in the cell's first line`;
      return refused(plain, { message, start, end: nameEnd });
    }
    const end = magic.takes === "line" ? lineEnd : nameEnd;
    const argument = argumentOf(magic, code.slice(nameEnd, lineEnd));
    const message = magic.problem?.(argument);
    if (message) return refused(plain, { message: `${name}: ${message}`, start, end: lineEnd });
    plain = withoutMagic(plain, start, end);
    places.push({ magic, start, nameEnd, end });
  }
  return { plain, places, ...stepsOf(oxc, code, plain, places) };
}

function isMagic(
  oxc: Oxc,
  {
    code,
    plain,
    start,
    name,
    lineEnd,
  }: Record<"code" | "plain" | "name", string> & Record<"start" | "lineEnd", number>,
  names: () => readonly string[],
): boolean {
  const before = plain.slice(0, start);
  if (!parses(oxc, before)) return false;
  if (name === "!") {
    if (!findMagic("!")?.problem?.("x")) return true;
    return !parses(oxc, plain) && !parses(oxc, code.slice(start, lineEnd));
  }
  if (!parses(oxc, `${before}\n%0`)) return true;
  return (
    findMagic(name) !== undefined &&
    !(parses(oxc, plain) && mayBeVariable(code, name.replace(/^%+/, ""), names))
  );
}

/** Whether a name is declared by an earlier cell, or stands somewhere in this one but as a magic. */
function mayBeVariable(code: string, name: string, names: () => readonly string[]): boolean {
  if (names().includes(name)) return true;
  const everywhere = code.match(new RegExp(`(?<![\\p{ID_Continue}$])${name}(?![\\p{ID_Continue}$])`, "gu"));
  const asMagic = code.match(new RegExp(`^[ \\t]*%%?${name}(?![\\p{ID_Continue}$])`, "gmu"));
  return (everywhere?.length ?? 0) > (asMagic?.length ?? 0);
}

/** The statements between the magics, and those that magics are about, in their order. */
function stepsOf(
  oxc: Oxc,
  code: string,
  plain: string,
  places: readonly MagicPlace[],
): { steps: Step[]; problem?: Problem } {
  const { program, errors } = oxc.parse("cell.ts", plain, { sourceType: "module", lang: "ts" });
  if (errors.length > 0) return { steps: [] };
  const statements: CodeStep[] = program.body.filter(({ type }) => type !== "EmptyStatement");
  const steps: Step[] = [];
  let next = 0;
  const takeUntil = (offset: number): CodeStep | undefined => {
    const first = statements[next];
    if (first === undefined || first.start >= offset) return undefined;
    let { end } = first;
    for (; next < statements.length && statements[next]!.start < offset; next += 1)
      end = statements[next]!.end;
    return { start: first.start, end };
  };
  for (const { magic, start, nameEnd } of places) {
    const before = takeUntil(start);
    if (before) steps.push(before);
    const lineEnd = endOfLine(code, nameEnd);
    if (magic.takes === "line") {
      steps.push({ magic, argument: argumentOf(magic, code.slice(nameEnd, lineEnd)), steps: [] });
      continue;
    }
    const statement = takeUntil(lineEnd);
    if (!statement) {
      const message = `${magic.name}: expected a statement behind it, in its line`;
      return { steps: [], problem: { message, start, end: nameEnd } };
    }
    steps.push({ magic, argument: "", steps: [statement] });
  }
  const rest = takeUntil(Number.POSITIVE_INFINITY);
  return { steps: rest ? [...steps, rest] : steps };
}

/** A semicolon is the shell's own; behind another magic it is a habit. */
function argumentOf({ name }: Magic, rest: string): string {
  return name === "!" ? rest.trim() : rest.replace(/;\s*$/, "").trim();
}

function endOfLine(code: string, offset: number): number {
  const length = /^[^\r\n]*/.exec(code.slice(offset))?.[0].length ?? 0;
  return offset + length;
}

function refused(plain: string, problem: Problem): MagicCell {
  return { plain, places: [], steps: [], problem };
}

/** A range replaced by spaces, so that lines and columns stay as they are. */
export function blank(text: string, start: number, end: number): string {
  const spaces = text.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, " ");
  return text.slice(0, start) + spaces + text.slice(end);
}

/** A magic replaced by an empty statement, which ends the one before it. */
function withoutMagic(text: string, start: number, end: number): string {
  const blanked = blank(text, start, end);
  return `${blanked.slice(0, start)};${blanked.slice(start + 1)}`;
}

function parses(oxc: Oxc, code: string): boolean {
  return oxc.parse("cell.ts", code, { sourceType: "module", lang: "ts" }).errors.length === 0;
}
