import { growth, trivial, trivialAfterTf } from "./rows/cells.mjs";
import { completion } from "./rows/completion.mjs";
import { display } from "./rows/display.mjs";
import { interrupts } from "./rows/interrupts.mjs";
import { lines } from "./rows/lines.mjs";
import { library, memory, start } from "./rows/start.mjs";

/** All that is measured, in the order of the table. */
export const rows = [
  start,
  trivial,
  trivialAfterTf,
  library,
  memory,
  lines,
  ...interrupts,
  growth,
  completion,
  display,
];

/** How often. @typedef {typeof thorough} Effort */
export const thorough = {
  fresh: 5,
  cells: 200,
  lineCounts: [10_000, 100_000],
  lineRounds: 3,
  /** Ours must stand a thousand in a row. */
  interrupts: 1_000,
  othersInterrupts: 20,
  growth: 1_000,
  growthRounds: 3,
  completions: 50,
  displays: 5,
};

/** To see that all works. @type {Effort} */
export const swift = {
  ...thorough,
  fresh: 1,
  cells: 10,
  lineCounts: [10_000],
  lineRounds: 1,
  interrupts: 3,
  othersInterrupts: 1,
  growth: 30,
  growthRounds: 1,
  completions: 5,
  displays: 1,
};
