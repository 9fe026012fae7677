import { lossPlot } from "../../display/loss-plot";
import { progress } from "../../display/progress";

export type Show = "progress" | "plot" | "nothing";

type Epoch = { readonly epoch: number; readonly loss: number; readonly validationLoss?: number };
export type View = { add(epoch: Epoch): void; finish(): void };

/** What is seen below the cell while a model trains. */
export function show(how: Show, epochs: number, validates: boolean): View {
  if (how === "plot") return plotView(epochs, validates);
  if (how === "progress") return progressView(epochs);
  return { add: () => {}, finish: () => {} };
}

/** A plot is redrawn fifty times at most. */
const REDRAWS = 50;

function plotView(epochs: number, validates: boolean): View {
  const plot = lossPlot({
    title: "Loss while training",
    series: validates ? ["training", "validation"] : ["training"],
    xTitle: "Epoch",
    every: Math.ceil(epochs / REDRAWS),
  });
  return {
    add: ({ epoch, loss, validationLoss = Number.NaN }) =>
      plot.add(epoch, ...(validates ? [loss, validationLoss] : [loss])),
    finish: () => plot.finish(),
  };
}

function progressView(epochs: number): View {
  const bar = progress("Training", { total: epochs });
  let note = "";
  return {
    add(epoch) {
      const validation =
        epoch.validationLoss === undefined ? "" : `, validation ${epoch.validationLoss.toFixed(4)}`;
      note = `epoch ${epoch.epoch}, loss ${epoch.loss.toFixed(4)}${validation}`;
      bar.update(epoch.epoch, note);
    },
    finish: () => bar.finish(note),
  };
}
