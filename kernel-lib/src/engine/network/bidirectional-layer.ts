import { nextJobId } from "../job";
import { padded, placePlan, type SequenceKind } from "../plan";
import type { BidirectionalJob } from "../tasks/bidirectional";
import { type Layer, type LayerSpec, signal } from "./layer";
import type { RecurrentConfig } from "./recurrent-layer";
import { recurrentParameters } from "./recurrent-parameters";

/** Two recurrent layers in opposite directions, their outputs side by side [ahead, back] (Schuster & Paliwal 1997). */
export const bidirectional =
  (kind: SequenceKind, { units, returnSequences = false }: RecurrentConfig): LayerSpec =>
  (input, site): Layer => {
    const { steps, batch, features } = input;
    const { room, threads } = site;
    const shape = { kind, batch, timesteps: steps, inputSize: features, units };
    const direction = (name: string, backwards: boolean) => {
      const placed = recurrentParameters(shape, site, `${site.index}.${name}`);
      const ends = { x: input.address, dx: input.gradient };
      const plan = placePlan(shape, placed, ends, { threads, masked: false, backwards }, room);
      return { plan, parameters: placed.parameters };
    };
    const ahead = direction("ahead", false);
    const back = direction("back", true);
    const outputSteps = returnSequences ? steps : 1;
    const output = signal(room, { steps: outputSteps, batch, features: 2 * units }, padded(2 * units));
    const seams: BidirectionalJob = {
      id: nextJobId(),
      timesteps: steps,
      batch,
      units,
      width: ahead.plan.width,
      returnSequences,
      outputWidth: output.width,
      ahead: ahead.plan.h.after,
      back: back.plan.h.after,
      y: output.address,
      dy: output.gradient,
      dAhead: ahead.plan.dy,
      dBack: back.plan.dy,
    };
    const both = (...tasks: Layer["forward"][number]["tasks"]) => [
      { job: ahead.plan, tasks },
      { job: back.plan, tasks },
    ];
    return {
      output,
      parameters: [...ahead.parameters, ...back.parameters],
      forward: [...both("recurrentPack", "recurrentForward"), { job: seams, tasks: ["bidirectionalJoin"] }],
      backward: [
        { job: seams, tasks: ["bidirectionalSplit"] },
        ...both("recurrentEnd", "recurrentBackward", "recurrentGradients"),
        ...(input.gradient
          ? [
              { job: ahead.plan, tasks: ["recurrentInputGradient"] as const },
              { job: back.plan, tasks: ["recurrentAddInputGradient"] as const },
            ]
          : []),
      ],
    };
  };
