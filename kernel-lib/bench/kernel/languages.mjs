/**
 * How a kernel's language says what the rows ask for. A function that is missing can't be said there.
 *
 * @typedef {object} Language
 * @property {(i: number) => string} trivial a cell with a small result, another one for each i
 * @property {(i: number) => string} declaring a cell that declares something and uses what the cell before declared
 * @property {(n: number) => string} lines prints n numbers, each on a line
 * @property {string} importTf
 * @property {string} [importKernelLib]
 * @property {{ loop: string, print: string, await: string, afterAwait: string }} endless
 * @property {(seconds: number) => string} busy computes for so long
 * @property {{ declare: string, code: string, match: string }} completion
 * @property {(bytes: number) => string} display shows so much text
 */

const result = (bytes) =>
  `({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "0123456789".repeat(${bytes / 10}) }) })`;

/** @type {Language} */
export const typescript = {
  trivial: (i) => `${i} + 1`,
  declaring: (i) =>
    `const value${i} = { n: ${i}, label: "${i}" }; value${i}.n + ${i === 0 ? "0" : `value${i - 1}.n`}`,
  lines: (n) => `for (let i = 0; i < ${n}; i++) console.log(i)`,
  importTf: 'import * as tf from "@tensorflow/tfjs"',
  importKernelLib: 'import { LSTMCell } from "kernel-lib"',
  endless: {
    loop: "for (;;) {}",
    print: 'for (;;) console.log("again")',
    await: "await new Promise(() => {})",
    afterAwait: "await new Promise((done) => setTimeout(done, 1)); for (;;) {}",
  },
  busy: (seconds) => `const until = Date.now() + ${1000 * seconds}; while (Date.now() < until) {}`,
  completion: { declare: "const someNumbers = [1, 2, 3]", code: "someNumbers.fl", match: "flatMap" },
  display: (bytes) => `display${result(bytes)}`,
};

/** @type {Language} */
export const tslab = {
  ...typescript,
  display: (bytes) => `import { display } from "tslab"; display.text("0123456789".repeat(${bytes / 10}))`,
};

/** @type {Language} */
export const deno = { ...typescript, importKernelLib: undefined, display: result };

/** @type {Language} */
export const python = {
  trivial: (i) => `${i} + 1`,
  declaring: (i) =>
    `value${i} = {"n": ${i}, "label": "${i}"}; value${i}["n"] + ${i === 0 ? "0" : `value${i - 1}["n"]`}`,
  lines: (n) => `for i in range(${n}): print(i)`,
  importTf: "",
  endless: {
    loop: "while True: pass",
    print: 'while True: print("again")',
    await: "import asyncio; await asyncio.sleep(3600)",
    afterAwait: "import asyncio; await asyncio.sleep(0.001)\nwhile True: pass",
  },
  busy: (seconds) => `import time; until = time.time() + ${seconds}\nwhile time.time() < until: pass`,
  completion: { declare: "some_numbers = [1, 2, 3]", code: "some_numbers.ap", match: "append" },
  display: (bytes) =>
    `from IPython.display import display; display({"text/plain": "0123456789" * ${bytes / 10}}, raw=True)`,
};
