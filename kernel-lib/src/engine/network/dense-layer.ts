import { nextJobId } from "../job";
import { PACK_ROWS, padded } from "../plan";
import type { DenseJob } from "../tasks/dense";
import { type LayerSpec, type Parameter, signal } from "./layer";

/** y = activation(x·kernel + bias) at every step; linear unless `activation` is relu. */
export const dense =
  ({ units, activation = "linear" }: { units: number; activation?: "linear" | "relu" }): LayerSpec =>
  (input, { parameters, gradients, room, threads, index }) => {
    const width = padded(units);
    const { features, steps, batch } = input;
    const output = signal(room, { steps, batch, features: units }, width);
    const parameter = (name: string, rows: number, initial: Parameter["initial"]): Parameter => ({
      name: `${index}.${name}`,
      rows,
      blocks: 1,
      units,
      width,
      address: parameters.take(rows * width),
      gradient: gradients.take(rows * width),
      initial,
    });
    const kernel = parameter("kernel", features, "glorotUniform");
    const bias = parameter("bias", 1, "zeros");
    const job: DenseJob = {
      id: nextJobId(),
      rows: steps * batch,
      inputSize: features,
      inputWidth: input.width,
      width,
      relu: activation === "relu",
      x: input.address,
      dx: input.gradient,
      y: output.address,
      dy: output.gradient,
      kernel: kernel.address,
      bias: bias.address,
      dKernel: kernel.gradient,
      dBias: bias.gradient,
      panels: room.take(features * width),
      panelsT: room.take(width * input.width),
      scratch: Array.from({ length: threads }, () => room.take(PACK_ROWS * (width + 4))),
    };
    return {
      output,
      parameters: [kernel, bias],
      forward: [{ job, tasks: ["densePack", "denseForward"] }],
      backward: [{ job, tasks: ["denseBackward", "denseGradients"] }],
    };
  };
