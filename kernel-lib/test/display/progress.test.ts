import { createRequire } from "node:module";
import { JSDOM } from "jsdom";
import { afterEach, expect, it } from "vitest";
import { lossPlot } from "../../src/display/loss-plot";
import { displaySymbol } from "../../src/display/mime";
import { progress, progressBar } from "../../src/display/progress";

const kernelKey = Symbol.for("jupyter.kernel");
afterEach(() => Reflect.deleteProperty(globalThis, kernelKey));
function bundles(): Record<string, unknown>[] {
  const shown: Record<string, unknown>[] = [];
  Reflect.set(globalThis, kernelKey, { display: (bundle: Record<string, unknown>) => shown.push(bundle) });
  return shown;
}

it("a progress bar is one to the browser, with label and value", () => {
  const html = progressBar("Training", 42, "loss 1.5")[displaySymbol]()["text/html"];
  const bar = new JSDOM(String(html)).window.document.querySelector("progress")!;
  expect([bar.value, bar.max]).toEqual([42, 100]);
  expect(bar.labels).toHaveLength(1);
  expect(bar.labels[0].textContent).toBe("Training: loss 1.542 %");
});

it("it is updated in place, in tslab too", () => {
  const locate = createRequire(import.meta.url);
  const sent: { id?: string; update: boolean; value?: number }[] = [];
  locate("tslab/dist/jupyter").lastWriteDisplayData = (
    { data, transient }: { data: Record<string, string>; transient: { display_id?: string } },
    update: boolean,
  ) => {
    const bar = new JSDOM(data["text/html"]).window.document.querySelector("progress");
    sent.push({ id: transient.display_id, update: Boolean(update), value: bar?.value });
  };
  Reflect.set(globalThis, "__tslab__", { require: locate });
  const bar = progress("Training", { total: 4 });
  bar.update(1);
  bar.finish();
  Reflect.deleteProperty(globalThis, "__tslab__");
  const [{ id }] = sent;
  expect(id).toBeTruthy();
  expect(sent).toEqual([
    { id, update: false, value: 0 },
    { id, update: true, value: 25 },
    { id, update: true, value: 100 },
  ]);
});

it("it is redrawn once a percent, however often it is told", () => {
  const shown = bundles();
  const bar = progress("Training", { total: 10_000 });
  for (let i = 0; i <= 10_000; i++) bar.update(i);
  expect(shown).toHaveLength(101);
});

it("its last state is the same however it came there, and holds no time", () => {
  const last = (steps: number[]) => {
    const shown = bundles();
    const bar = progress("Training", { total: 10 });
    for (const step of steps) bar.update(step, `step ${step}`);
    bar.finish("loss 1.5");
    return shown[shown.length - 1];
  };
  expect(last([1, 5, 10])).toEqual(last([3]));
  expect(last([3])["text/plain"]).toBe("Training: loss 1.5 (done)");
});

it("a total that is not positive is an error", () => {
  expect(() => progress("x", { total: 0 })).toThrow("progress: total: expected a positive number, got 0");
});

type Plot = { data: { x: number[]; y: number[] }[] };
const plotOf = (bundle: Record<string, unknown>) => bundle["application/vnd.plotly.v1+json"] as Plot;

it("a loss plot redraws every n-th value, and at the end with all of them", () => {
  const shown = bundles();
  const plot = lossPlot({ title: "Loss", series: ["training", "validation"], every: 4 });
  for (let step = 1; step <= 10; step++) plot.add(step, 1 / step, Number.NaN);
  expect(shown.map((bundle) => plotOf(bundle).data[0].x.length)).toEqual([4, 8]);
  plot.finish();
  expect(plotOf(shown[2]).data[0].x).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(plotOf(shown[2]).data[1].y).toEqual(new Array(10).fill(null));
});

it("a loss plot wants a value for each curve", () => {
  expect(() => lossPlot({ title: "Loss", series: ["a", "b"] }).add(1, 2)).toThrow(
    "lossPlot.add: values: expected 2 (a, b), got 1",
  );
});
