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
    const own = () => room.take(steps * batch * input.width);
    const wanted = input.gradient !== 0;
    const xReversed = own();
    const dxAhead = wanted ? own() : 0;
    const dxBack = wanted ? own() : 0;
    const direction = (name: string, x: number, dx: number) => {
      const placed = recurrentParameters(shape, site, `${site.index}.${name}`);
      const plan = placePlan(shape, placed, { x, dx }, { threads, masked: false }, room);
      return { plan, parameters: placed.parameters };
    };
    const ahead = direction("ahead", input.address, dxAhead);
    const back = direction("back", xReversed, dxBack);
    const outputSteps = returnSequences ? steps : 1;
    const output = signal(room, { steps: outputSteps, batch, features: 2 * units }, padded(2 * units));
    const state = 4 * batch * ahead.plan.width;
    const seams: BidirectionalJob = {
      id: nextJobId(),
      timesteps: steps,
      batch,
      inputWidth: input.width,
      units,
      width: ahead.plan.width,
      returnSequences,
      outputWidth: output.width,
      x: input.address,
      xReversed,
      ahead: ahead.plan.h + state,
      back: back.plan.h + state,
      y: output.address,
      dy: output.gradient,
      dAhead: ahead.plan.dy,
      dBack: back.plan.dy,
      dxAhead,
      dxBack,
      dx: input.gradient,
    };
    const both = (...tasks: Layer["forward"][number]["tasks"]) => [
      { job: ahead.plan, tasks },
      { job: back.plan, tasks },
    ];
    return {
      output,
      parameters: [...ahead.parameters, ...back.parameters],
      forward: [
        { job: seams, tasks: ["bidirectionalReverse"] },
        ...both("recurrentPack", "recurrentInput", "recurrentForward"),
        { job: seams, tasks: ["bidirectionalJoin"] },
      ],
      backward: [
        { job: seams, tasks: ["bidirectionalSplit"] },
        ...both("recurrentEnd", "recurrentBackward", "recurrentGradients"),
        ...(wanted ? [{ job: seams, tasks: ["bidirectionalSum"] as const }] : []),
      ],
    };
  };
