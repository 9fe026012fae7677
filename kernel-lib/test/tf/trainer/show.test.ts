import { afterEach, expect, it, vi } from "vitest";
import { show } from "../../../src/tf/trainer/show";

const printed = () => vi.spyOn(console, "log").mockImplementation(() => {});
afterEach(() => vi.restoreAllMocks());

it("a progress bar counts the epochs and ends with the losses", () => {
  const log = printed();
  const view = show("progress", 2, true);
  view.add({ epoch: 1, loss: 0.5, validationLoss: 0.75 });
  view.add({ epoch: 2, loss: 0.25, validationLoss: 0.5 });
  view.finish();
  expect(log.mock.calls.flat()).toEqual([
    "Training: 0 %",
    "Training: 50 %",
    "Training: epoch 2, loss 0.2500, validation 0.5000 (done)",
  ]);
});

it("a plot shows both losses, and is drawn fifty times at most besides the end", () => {
  const log = printed();
  const view = show("plot", 1000, true);
  for (let epoch = 1; epoch <= 1000; epoch++) view.add({ epoch, loss: 1 / epoch, validationLoss: 2 / epoch });
  view.finish();
  expect(log.mock.calls.length).toBeLessThanOrEqual(51);
  expect(String(log.mock.calls.at(-1))).toMatch(/training from 1 to 0.001.*validation from 2 to 0.002/);
});

it("a plot without validation has one curve", () => {
  const log = printed();
  const view = show("plot", 1, false);
  view.add({ epoch: 1, loss: 1 });
  view.finish();
  expect(String(log.mock.calls.at(-1))).not.toContain("validation");
});

it("nothing shows nothing", () => {
  const log = printed();
  const view = show("nothing", 1, true);
  view.add({ epoch: 1, loss: 1 });
  view.finish();
  expect(log).not.toHaveBeenCalled();
});
