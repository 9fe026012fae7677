import type { SequenceKind } from "../plan";
import { gruResetAfterSteps } from "./gru-reset-after-steps";
import { gruSteps } from "./gru-steps";
import { lstmSteps } from "./lstm-steps";
import { rnnSteps } from "./rnn-steps";
import type { Steps } from "./step";

/** How each kind of cell takes a step. */
export const steps: Readonly<Record<SequenceKind, Steps>> = {
  lstm: lstmSteps,
  peephole: lstmSteps,
  gru: gruSteps,
  gruResetAfter: gruResetAfterSteps,
  rnn: rnnSteps,
};
