import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  button,
  type Control,
  checkbox,
  displaySymbol,
  dropdown,
  hbox,
  interact,
  lineChart,
  outputArea,
  play,
  progressIndicator,
  slider,
  textField,
  vbox,
  type Widget,
} from "../../src/index";

const bundle = (widget: Widget) => widget[displaySymbol]();
const text = (widget: Widget) => bundle(widget)["text/plain"];

describe("without a kernel that has widgets, a widget is shown as it stands", () => {
  test.each([
    ["n: 3 (1 to 9)", slider({ label: "n", min: 1, max: 9, value: 3 })],
    ["γ: 0.25 (0 to 1)", slider({ label: "γ", min: 0, max: 1, value: 0.25 })],
    ["0.0000 (0 to 0.001)", slider({ min: 0, max: 0.001, step: 0.0001 })],
    ["cell: gru", dropdown({ label: "cell", options: ["lstm", "gru"], value: "gru" })],
    ["8 units", dropdown({ options: [8, 16], text: (units) => `${units} units` })],
    ["bias: yes", checkbox({ label: "bias", value: true })],
    ["name: Ada", textField({ label: "name", value: "Ada" })],
    ["t: 0 (0 to 5)", play({ label: "t", min: 0, max: 5 })],
    ["done: 0 %", progressIndicator({ label: "done", max: 4 })],
    ["[Train]", button({ label: "Train" })],
    ["a: no\ntext\n5", vbox(checkbox({ label: "a" }), hbox("text", 5))],
    ["", outputArea()],
  ])("%j", (expected, widget) => {
    expect(text(widget)).toBe(expected);
    expect(bundle(widget)).not.toHaveProperty("application/vnd.jupyter.widget-view+json");
  });

  test("with all text escaped", () => {
    const evil = "<script>alert('x')</script>";
    const area = outputArea();
    area.show(evil);
    const widgets = [
      textField({ label: evil, value: evil }),
      button({ label: evil }),
      area,
      vbox(area, evil),
    ];
    for (const widget of widgets) expect(bundle(widget)["text/html"]).not.toContain("<script");
  });

  test("an output area shows the later of two fillings, whichever is done first", async () => {
    const area = outputArea();
    let finish = (_: string) => {};
    const slow = area.fill(() => new Promise<string>((resolve) => (finish = resolve)));
    area.fill(() => "later");
    expect(text(area)).toBe("later");
    finish("earlier");
    await slow;
    expect(text(area)).toBe("later");
  });

  test("an output area with a figure is that figure, with the texts of all", () => {
    const area = outputArea();
    area.append("before");
    area.append(
      lineChart({ title: "T", xTitle: "x", yTitle: "y", series: [{ name: "s", x: [0, 1], y: [0, 1] }] }),
    );
    const still = bundle(area);
    expect(Object.keys(still)).toEqual(["application/vnd.plotly.v1+json", "text/plain"]);
    expect(still["text/plain"]).toMatch(/^before\nT: /);
    expect(bundle(vbox(checkbox({ label: "a" }), area))).toEqual({
      ...still,
      "text/plain": `a: no\n${still["text/plain"]}`,
    });
  });
});

describe("a control", () => {
  test("has a value of the type of its options", () => {
    const kind: Control<"lstm" | "gru"> = dropdown({ options: ["lstm", "gru"] });
    const value: "lstm" | "gru" = kind.value;
    expect(value).toBe("lstm");
    // @ts-expect-error: not one of the options
    expect(() => (kind.value = "rnn")).toThrow(
      new RangeError("dropdown: value: expected one of lstm, gru, got rnn"),
    );
  });

  test("tells every new value to its handlers, and no value twice", () => {
    const seen: number[] = [];
    const n = slider({ min: 0, max: 5 });
    n.onChange((value) => seen.push(value));
    n.value = 3;
    n.value = 3;
    n.value = 0;
    expect(seen).toEqual([3, 0]);
  });

  test.each([
    ["slider: max: expected more than min=2, got 2", () => slider({ min: 2, max: 2 })],
    ["slider: step: expected a positive number, got 0", () => slider({ min: 0, max: 2, step: 0 })],
    ["slider: value: expected a number from 0 to 2, got 3", () => slider({ min: 0, max: 2, value: 3 })],
    ["play: interval: expected a positive number, got -1", () => play({ min: 0, max: 2, interval: -1 })],
    ["dropdown: options: expected at least one, got none", () => dropdown({ options: [] })],
    ["progressIndicator: max: expected a positive number, got 0", () => progressIndicator({ max: 0 })],
    [
      "progressIndicator: value: expected a number from 0 to 1, got 2",
      () => {
        progressIndicator({ max: 1 }).value = 2;
      },
    ],
  ])("refuses what it cannot have: %s", (message, make) => {
    expect(make).toThrow(new RangeError(message));
  });
});

describe("interact, without a kernel that has widgets", () => {
  const printed: unknown[] = [];
  beforeEach(() => {
    printed.length = 0;
    vi.spyOn(console, "log").mockImplementation((line) => void printed.push(line));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test("renders once, with the values' types, and shows the controls' values and the result", () => {
    let calls = 0;
    const shown = interact({ n: slider({ label: "n", min: 1, max: 3 }), on: checkbox() }, ({ n, on }) => {
      calls++;
      const typed: [number, boolean] = [n, on];
      return typed.join();
    });
    expect(shown).toBeUndefined();
    expect(calls).toBe(1);
    expect(printed).toEqual(["n: 1 (1 to 3)\nno", "1,false"]);
  });

  test("waits for a promised result", async () => {
    await interact({ n: slider({ min: 1, max: 3 }) }, async ({ n }) => n + 1);
    expect(printed).toEqual(["1 (1 to 3)", "2"]);
  });

  test("throws what the first call throws, and shows nothing", () => {
    const fail = () =>
      interact({}, () => {
        throw new Error("no");
      });
    expect(fail).toThrow("no");
    expect(printed).toEqual([]);
  });
});
