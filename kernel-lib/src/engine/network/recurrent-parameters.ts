import { gatesOf, padded, placeWeights, type SequenceKind, type Weights } from "../plan";
import type { Initial, Parameter, Site } from "./layer";

/** Places the parameters of a recurrent layer, filled at first as Keras does. */
export function recurrentParameters(
  shape: { kind: SequenceKind; inputSize: number; units: number },
  { parameters, gradients }: Site,
  prefix: string,
): { weights: Weights; gradients: Weights; parameters: Parameter[] } {
  const weights = placeWeights(shape, parameters);
  const slopes = placeWeights(shape, gradients);
  const { kind, inputSize, units } = shape;
  const gates = gatesOf[kind];
  const parameter = (name: keyof Weights, rows: number, blocks: number, initial: Initial): Parameter => ({
    name: `${prefix}.${name}`,
    rows,
    blocks,
    units,
    width: padded(units),
    address: weights[name],
    gradient: slopes[name],
    initial,
  });
  const isLSTM = kind === "lstm" || kind === "peephole";
  return {
    weights,
    gradients: slopes,
    parameters: [
      parameter("kernel", inputSize, gates, "glorotUniform"),
      parameter("recurrentKernel", units, gates, "orthogonal"),
      parameter("bias", 1, gates, isLSTM ? "unitForgetBias" : "zeros"),
      ...(kind === "gruResetAfter" ? [parameter("recurrentBias", 1, gates, "zeros")] : []),
      ...(kind === "peephole" ? [parameter("peephole", 3, 1, "zeros")] : []),
    ],
  };
}
