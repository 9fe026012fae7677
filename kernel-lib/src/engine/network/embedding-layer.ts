import { nextJobId } from "../job";
import { padded } from "../plan";
import type { EmbeddingJob } from "../tasks/embedding";
import { type LayerSpec, type Parameter, signal } from "./layer";

/** A vector of `units` numbers for each of `entries` indices. The network's input are the indices. */
export const embedding =
  ({ entries, units }: { entries: number; units: number }): LayerSpec =>
  (input, { parameters, gradients, room, index }) => {
    const width = padded(units);
    const { steps, batch } = input;
    const output = signal(room, { steps, batch, features: units }, width);
    const table: Parameter = {
      name: `${index}.table`,
      rows: entries,
      blocks: 1,
      units,
      width,
      address: parameters.take(entries * width),
      gradient: gradients.take(entries * width),
      initial: "uniform",
    };
    const job: EmbeddingJob = {
      id: nextJobId(),
      rows: steps * batch,
      entries,
      width,
      indices: input.address,
      table: table.address,
      dTable: table.gradient,
      y: output.address,
      dy: output.gradient,
    };
    return {
      output,
      parameters: [table],
      forward: [{ job, tasks: ["embeddingForward"] }],
      backward: [{ job, tasks: ["embeddingClear", "embeddingGradients"] }],
    };
  };
