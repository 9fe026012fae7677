import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseNotebook } from "../../src/notebook/parse";
import { serializeNotebook } from "../../src/notebook/serialize";
import { code, display, markdown, notebook, stream } from "./make";

const PYTHON = resolve(__dirname, "../../../.venv/bin/python");
const RESAVE = `
import sys, nbformat
notebook = nbformat.reads(sys.stdin.buffer.read().decode("utf8"), as_version=4)
nbformat.validate(notebook)
sys.stdout.buffer.write((nbformat.writes(notebook) + "\\n").encode("utf8"))`;
const resave = (text: string) => execFileSync(PYTHON, ["-c", RESAVE], { input: text, encoding: "utf8" });

const everything = notebook([
  markdown("# Größe\n\n$x_t$ — देवनागरी"),
  { ...markdown("a"), attachments: { "p.png": { "image/png": "AAAA" } } },
  { cell_type: "raw", id: "raw", source: "a\u2028b\x85c\r\nd\r", metadata: { tags: ["x"] } },
  code("", { tags: ["volatile"] }),
  code("1\n2\n", {
    count: 1,
    outputs: [
      stream("a\nb\fc\x1cd"),
      stream("", "stderr"),
      display({
        "text/plain": "one\ntwo",
        "image/svg+xml": "<svg>\n</svg>",
        "image/png": "AAAA",
        "application/javascript": "1;\n2",
        "application/vnd.plotly.v1+json": {
          data: [{ y: [0.00001, -1.5e-7, 1e21, 1e22, 1e16, 0.1, 5e-324, 123456] }],
          "10": 1,
          "9": [],
          a: {},
        },
      }),
      { output_type: "execute_result", data: { "text/plain": "2" }, metadata: {}, execution_count: 1 },
      { output_type: "error", ename: "E", evalue: "v\n", traceback: ["a\nb", "\u001b[31mc"] },
    ],
  }),
]);

describe("serializeNotebook", { timeout: 120_000 }, () => {
  test("what it writes is read back unchanged", () => {
    expect(parseNotebook(serializeNotebook(everything), "x.ipynb")).toEqual(everything);
  });

  test("keys are sorted, text stands in lists of lines, small numbers have Python's exponents", () => {
    const lines = serializeNotebook(everything).split("\n");
    expect(lines.slice(0, 3)).toEqual(["{", ' "cells": [', "  {"]);
    expect(lines.map((line) => line.trim())).toEqual(
      expect.arrayContaining(["1e-05,", "-1.5e-07,", '"two"', '"one\\n",']),
    );
    expect(lines.at(-1)).toBe("");
  });

  test.skipIf(!existsSync(PYTHON))("Jupyter accepts it and saves it byte for byte the same", () => {
    const text = serializeNotebook(everything);
    expect(resave(text)).toBe(text);
  });

  test.skipIf(!existsSync(PYTHON))("any text and any numbers are saved as Jupyter saves them", () => {
    const outputs = fc
      .sample(
        fc.record({
          "text/plain": fc.string({ unit: "grapheme" }),
          "text/html": fc
            .array(
              fc.constantFrom(
                "a",
                "\n",
                "\r",
                "\v",
                "\f",
                "\x1c",
                "\x1d",
                "\x1e",
                "\x85",
                "\u2028",
                "\u2029",
              ),
            )
            .map((c) => c.join("")),
          "application/json": fc.jsonValue({ noUnicodeString: false }),
          "application/x+json": fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })),
        }),
        { numRuns: 200, seed: 1 },
      )
      .map((data) => display(data));
    const text = serializeNotebook(notebook([code("1", { count: 1, outputs })]));
    expect(resave(text)).toBe(text);
  });
});
