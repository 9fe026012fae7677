import { placePlan, type SequenceKind } from "../plan";
import type { Layer, LayerSpec } from "./layer";
import { recurrentParameters } from "./recurrent-parameters";

export type RecurrentConfig = {
  readonly units: number;
  /** The hidden state of every step, not of the last one alone. */
  readonly returnSequences?: boolean;
};

/** A recurrent layer from a state of zeros: h after every step, or after the last one. */
export const recurrent =
  (kind: SequenceKind, { units, returnSequences = false }: RecurrentConfig): LayerSpec =>
  (input, site): Layer => {
    const { steps, batch, features } = input;
    const shape = { kind, batch, timesteps: steps, inputSize: features, units };
    const placed = recurrentParameters(shape, site, `${site.index}`);
    const ends = { x: input.address, dx: input.gradient };
    const options = { threads: site.threads, masked: false, backwards: false };
    const plan = placePlan(shape, placed, ends, options, site.room);
    const state = 4 * batch * plan.width;
    const first = returnSequences ? 0 : steps - 1;
    return {
      output: {
        steps: steps - first,
        batch,
        features: units,
        width: plan.width,
        address: plan.h.after + first * state,
        gradient: plan.dy + first * state,
      },
      parameters: placed.parameters,
      forward: [{ job: plan, tasks: ["recurrentPack", "recurrentForward"] }],
      backward: [
        { job: plan, tasks: ["recurrentEnd", "recurrentBackward", "recurrentGradients"] },
        ...(input.gradient ? [{ job: plan, tasks: ["recurrentInputGradient"] as const }] : []),
      ],
    };
  };

export const lstm = (config: RecurrentConfig): LayerSpec => recurrent("lstm", config);
export const peepholeLSTM = (config: RecurrentConfig): LayerSpec => recurrent("peephole", config);
/** Keras' default GRU, whose reset comes after the recurrent product. */
export const gru = (config: RecurrentConfig): LayerSpec => recurrent("gruResetAfter", config);
export const gruResetBefore = (config: RecurrentConfig): LayerSpec => recurrent("gru", config);
export const simpleRNN = (config: RecurrentConfig): LayerSpec => recurrent("rnn", config);
