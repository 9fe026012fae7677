import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import {
  describeFlowchart,
  type FlowchartNode,
  flowchartPaths,
  flowchartSvg,
} from "../../src/plot/flowchart";

const chart: FlowchartNode = {
  text: "Start",
  next: [
    {
      to: {
        text: "a < b & c?",
        next: [
          { answer: "Yes", to: { text: "Left", note: 'says "yes"' } },
          { answer: "No", to: { text: "Right" } },
        ],
      },
    },
  ],
};
const { document } = new JSDOM(flowchartSvg(chart, "A <small> chart")).window;
const boxes = [...document.querySelectorAll("g")];
const middle = (k: number): number => Number(boxes[k].querySelector("text")?.getAttribute("x"));

describe("flowchart", () => {
  it("knows every way to an end, with the answers that lead there", () => {
    expect(
      flowchartPaths(chart).map(({ nodes, answers }) => [nodes.map(({ text }) => text), answers]),
    ).toEqual([
      [
        ["Start", "a < b & c?", "Left"],
        ["", "Yes"],
      ],
      [
        ["Start", "a < b & c?", "Right"],
        ["", "No"],
      ],
    ]);
  });

  it("is told in words, ends with their notes", () => {
    expect(describeFlowchart(chart)).toBe('a < b & c? Yes → Left (says "yes"). a < b & c? No → Right.');
  });

  it("is drawn with title and description, all text literal", () => {
    const svg = document.querySelector("svg");
    const told = ["aria-labelledby", "aria-describedby"].map((name) => svg?.getAttribute(name) ?? "");
    expect(told.map((id) => document.getElementById(id)?.textContent)).toEqual([
      "A <small> chart",
      describeFlowchart(chart),
    ]);
    expect(boxes.map((box) => box.getAttribute("aria-label"))).toEqual([
      "Start",
      "a < b & c?",
      'Left, says "yes"',
      "Right",
    ]);
    expect(document.querySelector("small")).toBeNull();
  });

  it("tells questions, steps and ends apart by their shape", () => {
    const shapes = boxes.map((box) => box.firstElementChild as Element);
    expect(shapes.map(({ tagName }) => tagName)).toEqual(["rect", "path", "rect", "rect"]);
    expect(shapes.map((shape) => shape.hasAttribute("rx"))).toEqual([false, false, true, true]);
  });

  it("stands above the middle of what follows; ends stand apart", () => {
    expect(middle(0)).toBe(middle(1));
    expect(middle(1)).toBe((middle(2) + middle(3)) / 2);
    expect(middle(3) - middle(2)).toBeGreaterThan(150);
  });

  it("has the answers beside the arrows", () => {
    const own = [...document.querySelectorAll("svg > text")].map((text) => text.textContent);
    expect(own).toEqual(["Yes", "No"]);
  });
});
