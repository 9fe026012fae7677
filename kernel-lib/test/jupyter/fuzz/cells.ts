import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { integer, type Rng } from "../../../src/math/random";
import { chance, cut, pick } from "./random";
import { nested } from "./values";

const NOTEBOOKS = resolve(__dirname, "../../../../notebooks");

/** TypeScript of every kind; none of it touches files, other processes or prototypes. */
const SYNTAX = readFileSync(join(__dirname, "syntax.txt"), "utf8").split("\n---\n");

/** Real cells: those of the notebooks, and as many again of syntax that notebooks seldom have. */
export function corpus(): string[] {
  const files = readdirSync(NOTEBOOKS).filter((file) => file.endsWith(".ipynb"));
  const cells = files.flatMap(
    (file) =>
      JSON.parse(readFileSync(join(NOTEBOOKS, file), "utf8")).cells as {
        cell_type: string;
        source: string | string[];
      }[],
  );
  const code = cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => [source].flat().join(""));
  const repeats = Math.ceil(code.length / SYNTAX.length);
  return [...code, ...Array.from({ length: repeats }, () => SYNTAX).flat()];
}

const INSERTED = [
  ..."(){}[]<>;,.:?!=+-*/%&|^~@#$\\`'\" \n\t",
  "\0",
  "\u2028",
  "\ufeff",
  "é",
  "🙂",
  "\ud800",
  "\u202e",
  "\\u{110000}",
  "’",
  "=>",
  "...",
  "?.",
  "??",
  "**",
  "${",
  "/*",
  "*/",
  "//",
  "<!--",
  "#!",
  "<div>",
  "</div>",
  "await ",
  "async ",
  "yield ",
  "let ",
  "const ",
  "var ",
  "function ",
  "class ",
  "extends ",
  "import ",
  "export ",
  "type ",
  "enum ",
  "using ",
  "return ",
  "break;",
  "for (;;) ",
  "while (true) ",
  "if (",
  "else ",
  "try {",
  "catch ",
  "new ",
  "delete ",
  "typeof ",
  "in ",
  "of ",
  "as ",
  "satisfies ",
  "super",
  "this",
  "null",
  "undefined",
  "NaN",
  "0",
  "1e999",
  "99n",
  "0x",
  "\\u0",
  "use strict",
  "eval(",
  "__proto__",
  "constructor",
  "arguments",
  "with (x) ",
  "debugger;",
];

/** A cell changed in one or several places. Some run although their types are wrong. */
export function fuzzedCell(random: Rng, cells: readonly string[]): string {
  let code = pick(random, cells);
  for (let changes = integer(random, 1, 4); changes > 0; changes--) code = change(random, code, cells);
  return chance(random, 50) ? code.replace(/^/gm, "// @ts-ignore\n") : code;
}

function change(random: Rng, code: string, cells: readonly string[]): string {
  const [before, middle, after] = cut(random, code);
  switch (integer(random, 0, 12)) {
    case 0:
    case 1:
      return before + after;
    case 2:
    case 3:
    case 4:
      return before + pick(random, INSERTED) + middle + after;
    case 5:
      return before + middle + middle + after;
    case 6: {
      const [first, second, last] = cut(random, after);
      return before + second + first + middle + last;
    }
    case 7:
      return before + pick(random, cells) + after;
    case 8: {
      const lines = code.split("\n");
      return lines.toSpliced(integer(random, 0, lines.length), 1, pick(random, lines)).join("\n");
    }
    case 9:
      return before + String.fromCharCode(integer(random, 0, 0x10000)) + after;
    case 10:
      return code.slice(0, integer(random, 0, code.length + 1));
    default:
      return chance(random, 90) ? before + middle.toUpperCase() + after : before + extreme(random) + after;
  }
}

/** Very deep, very long, very many. */
function extreme(random: Rng): string {
  const n = integer(random, 100, 30_000);
  return pick(random, [
    nested(n, "(", ")"),
    nested(n, "{", "}"),
    "[".repeat(n),
    "`${".repeat(n),
    "x=>".repeat(n),
    "1+".repeat(n),
    "!".repeat(n),
    `"${"a".repeat(10 * n)}"`,
    `let ${"a".repeat(n)} = 1`,
    ";".repeat(n),
    "\n".repeat(n),
    `type A = ${"A<".repeat(n)}`,
    "a.".repeat(n),
    "🙂".repeat(n),
    `const long = [${"1,".repeat(n)}]`,
  ]);
}
