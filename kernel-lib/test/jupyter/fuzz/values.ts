import { integer, type Rng } from "../../../src/math/random";
import { chance, pick } from "./random";

/** JSON text nested `depth` deep. V8 reads it without recursion, but writes it with recursion. */
export function nested(depth: number, open = "[", close = "]"): string {
  return open.repeat(depth) + close.repeat(depth);
}

/** JSON text of a value that nobody expects. */
export function strangeJson(random: Rng): string {
  const values = [
    "null",
    "true",
    "0",
    "-1",
    "1e308",
    "-1e-320",
    "9007199254740993",
    '""',
    '"\\u0000"',
    '"\\ud800"',
    '"__proto__"',
    "[]",
    "{}",
    "[[],{}]",
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{}},"toString":5,"then":5}',
    '{"length":-1,"0":"x"}',
  ];
  if (chance(random, 3)) return nested(integer(random, 100, 20_000));
  if (chance(random, 3)) return nested(integer(random, 100, 20_000), '{"a":', "}").replace(":}", ":1}");
  if (chance(random, 2)) return JSON.stringify("é🙂".repeat(integer(random, 1000, 100_000)));
  return pick(random, values);
}
