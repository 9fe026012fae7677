import { describe, expect, it } from "vitest";
import { logAxis } from "../../src/plot/log-axis";

describe("logAxis", () => {
  it("writes the ticks out over a few powers of ten", () => {
    expect(logAxis([1, 5, 100]).ticktext).toEqual(["0.5", "1", "2", "5", "10", "20", "50", "100", "200"]);
  });
  it("takes every digit where the values are close together", () => {
    expect(logAxis([3, 7]).ticktext).toEqual(["2", "3", "4", "5", "6", "7", "8", "9", "10"]);
  });
  it("shows powers of ten alone over many of them", () => {
    expect(logAxis([1e-8, 1])).toEqual({ type: "log", dtick: 1, exponentformat: "power" });
  });
  it("leaves powers out where there are too many of them to be read", () => {
    expect(logAxis([1e-28, 1e12])).toEqual({ type: "log", dtick: 4, exponentformat: "power" });
  });
  it("passes over what a logarithmic axis can't show", () => {
    expect(logAxis([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1, 2]).tickvals).toEqual([
      0.5, 0.6, 0.7, 0.8, 0.9, 1, 2, 3, 4,
    ]);
  });
  it("leaves the ticks to plotly where there is no value yet", () => {
    expect(logAxis([])).toEqual({ type: "log", dtick: 1, exponentformat: "power" });
  });
});
