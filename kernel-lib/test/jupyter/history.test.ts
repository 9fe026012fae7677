import { describe, expect, test } from "vitest";
import { History } from "../../src/jupyter/history";

const history = new History();
for (const [line, code] of [
  [1, "a = 1"],
  [2, "b = 2"],
  [3, "a = 1"],
  [4, "f(1)\ng(2)"],
] as const)
  history.add(line, code);
history.setOutput(2, "2");

const lines = (rows: unknown[][]) => rows.map(([, line]) => line);

describe("history", () => {
  test("has rows of session, line and code, or code and output", () => {
    expect(history.select({ hist_access_type: "tail", n: 1 })).toEqual([[1, 4, "f(1)\ng(2)"]]);
    expect(history.select({ hist_access_type: "range", start: 2, stop: 3, output: true })).toEqual([
      [1, 2, ["b = 2", "2"]],
    ]);
    expect(history.select({ hist_access_type: "range", start: 1, stop: 2, output: true })).toEqual([
      [1, 1, ["a = 1", null]],
    ]);
  });

  test("tail gives the last n", () => {
    expect(lines(history.select({ hist_access_type: "tail", n: 2 }))).toEqual([3, 4]);
    expect(lines(history.select({ hist_access_type: "tail", n: 99 }))).toEqual([1, 2, 3, 4]);
    expect(lines(history.select({ hist_access_type: "tail", n: 0 }))).toEqual([]);
  });

  test("range gives lines from start up to, but without, stop, of this session only", () => {
    expect(lines(history.select({ hist_access_type: "range", session: 0, start: 2, stop: 4 }))).toEqual([
      2, 3,
    ]);
    expect(lines(history.select({ hist_access_type: "range", session: 1, start: 3 }))).toEqual([3, 4]);
    expect(history.select({ hist_access_type: "range", session: -1 })).toEqual([]);
  });

  test.each([
    ["a = 1", [1, 3]],
    ["?*= 2", [2]],
    ["*g(2)", [4]],
    ["a", []],
    ["f(1)*", [4]],
    [".*", []],
    ["*", [1, 2, 3, 4]],
  ])("search for %j matches whole entries as a glob", (pattern, found) => {
    expect(lines(history.select({ hist_access_type: "search", pattern }))).toEqual(found);
  });

  test("search gives each code once, the newest, where it is asked to, and the last n", () => {
    expect(lines(history.select({ hist_access_type: "search", pattern: "*", unique: true }))).toEqual([
      2, 3, 4,
    ]);
    expect(lines(history.select({ hist_access_type: "search", pattern: "*", n: 1 }))).toEqual([4]);
  });
});
