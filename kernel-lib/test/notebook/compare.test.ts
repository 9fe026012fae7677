import { describe, expect, test } from "vitest";
import { compareNotebooks, describeDifference } from "../../src/notebook/compare";
import type { Output } from "../../src/notebook/nbformat";
import { code, display, markdown, notebook, stream } from "./make";

const PLOTLY = "application/vnd.plotly.v1+json";
const figure = (y: number[], png = "AAAA") =>
  display({ [PLOTLY]: { data: [{ y }] }, "image/png": png, "text/plain": "A loss" });
const withOutputs = (outputs: Output[], tags?: string[], count = 1) =>
  notebook([markdown("# Title\ntext\n## Part one"), code("1", { outputs, tags, count })]);

function described(expected: Output[], actual: Output[], tags?: string[]): string {
  return compareNotebooks(withOutputs(expected, tags), withOutputs(actual, tags))
    .map(describeDifference)
    .join("\n");
}

describe("comparing a notebook with what is committed", () => {
  test("finds nothing between equal notebooks", () => {
    const outputs = [stream("a\n"), figure([1, 2]), stream("b", "stderr")];
    expect(described(outputs, structuredClone(outputs))).toBe("");
  });

  test("shows the first lines of a text that differ, with cell, heading and output", () => {
    expect(described([stream("a\nb\nc\n")], [stream("a\nB\nc\n")])).toBe(
      ['cell 2 (under "Part one"), output 1', "  line 2", "  - b", "  + B"].join("\n"),
    );
  });

  test("says when lines are missing", () => {
    expect(described([stream("a\nb\n")], [stream("a\n")])).toContain("line 2 (3 lines expected, 2 came)");
  });

  test("cuts a long line around the place that differs", () => {
    const text = described(
      [stream(`${"x".repeat(500)}a${"y".repeat(500)}`)],
      [stream(`${"x".repeat(500)}b${"y".repeat(500)}`)],
    );
    expect(text).toMatch(/- …x+ay+…\n {2}\+ …x+by+…/);
  });

  test("names the place in a figure's JSON, and not the picture that follows from it", () => {
    expect(described([figure([1, 2])], [figure([1, 2.0000000000000004], "BBBB")])).toBe(
      [
        `cell 2 (under "Part one"), output 1, ${PLOTLY}`,
        "  data[0].y[1]: expected 2, came 2.0000000000000004",
      ].join("\n"),
    );
  });

  test("says that the static picture differs when its figure is equal", () => {
    expect(described([figure([1])], [figure([1], "BBBB")])).toContain(
      "output 1, image/png\n  static picture differs",
    );
  });

  test("distinguishes negative zero and counts what it does not show", () => {
    const text = described([figure([0, 1, 2, 3, 4])], [figure([-0, 2, 3, 4, 5])]);
    expect(text).toContain("data[0].y[0]");
    expect(text).toContain("… and 2 more");
  });

  test("reports a MIME type that is missing or new", () => {
    const text = described([display({ "text/plain": "a" })], [display({ "text/html": "a" })]);
    expect(text).toContain("text/plain\n  expected, but did not come");
    expect(text).toContain("text/html\n  not expected, but came");
  });

  test("reports another number of outputs, another kind and another stream", () => {
    expect(described([stream("a")], [])).toContain("outputs: expected 1: stream stdout, came none");
    expect(described([stream("a")], [display({ "text/plain": "a" })])).toContain(
      "expected stream stdout, came display_data (text/plain)",
    );
    expect(described([stream("a")], [stream("a", "stderr")])).toContain(
      "expected stream stdout, came stream stderr",
    );
  });

  test("compares an error by name, value and traceback", () => {
    const error = (line: number): Output => ({
      output_type: "error",
      ename: "E",
      evalue: "v",
      traceback: ["E: v", `at ${line}`],
    });
    expect(described([error(1)], [error(1)])).toBe("");
    expect(described([error(1)], [error(2)])).toContain("line 3\n  - at 1\n  + at 2");
  });

  test("compares execution counts, the notebook's metadata and an output's metadata", () => {
    const changed = withOutputs([], undefined, 2);
    changed.metadata.language_info = { name: "typescript" };
    const lines = compareNotebooks(withOutputs([]), changed).map(describeDifference);
    expect(lines).toEqual([
      'notebook\n  metadata.language_info: expected nothing, came {"name":"typescript"}',
      'cell 2 (under "Part one")\n  execution count: expected 1, came 2',
    ]);
    const output = { ...display({ "text/plain": "a" }), metadata: { isolated: true } } as Output;
    expect(described([display({ "text/plain": "a" })], [output])).toContain(
      "metadata.isolated: expected nothing, came true",
    );
  });

  describe("in a cell tagged volatile", () => {
    const volatile = ["volatile"];
    test("other values are no difference", () => {
      expect(
        described([stream("1 ms\n"), figure([1])], [stream("2 ms\n3 ms\n"), figure([2], "BBBB")], volatile),
      ).toBe("");
    });
    test("other kinds, streams, MIME types and another count are", () => {
      expect(described([stream("a")], [stream("a", "stderr")], volatile)).not.toBe("");
      expect(described([display({ "text/plain": "a" })], [display({ "text/html": "a" })], volatile)).not.toBe(
        "",
      );
      expect(described([stream("a")], [stream("a"), figure([1])], volatile)).not.toBe("");
    });
  });
});
