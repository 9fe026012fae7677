import type { LayersModel, Optimizer, Tensor } from "@tensorflow/tfjs";
import type { DrawingLayer } from "../dropout-mask";
import type { TensorFlow } from "../tensorflow";
import type { StoredTensor } from "./safetensors";

const stored = (tensor: Tensor): StoredTensor => ({
  shape: tensor.shape,
  data: tensor.dataSync().slice() as Float32Array | Int32Array,
});
const restored = (tf: TensorFlow, { shape, data }: StoredTensor): Tensor =>
  tf.tensor(data, shape as number[], data instanceof Int32Array ? "int32" : "float32");

/** A copy of a model's weights. */
export const weightsOf = (model: LayersModel): StoredTensor[] => model.getWeights().map(stored);

/** Puts a copy of the weights back. */
export function setWeights(tf: TensorFlow, model: LayersModel, weights: readonly StoredTensor[]): void {
  const tensors = weights.map((weight) => restored(tf, weight));
  model.setWeights(tensors);
  tf.dispose(tensors);
}

/**
 * An optimizer's state by name. Besides what it gives itself there are variables that it makes anew from powers when it
 * is loaded (Adam's β₁ᵗ, β₂ᵗ), with other bits than by multiplying step after step.
 */
export async function optimizerState(
  tf: TensorFlow,
  optimizer: Optimizer,
): Promise<Record<string, StoredTensor>> {
  const state: Record<string, StoredTensor> = {};
  const [iterations, ...weights] = await optimizer.getWeights();
  [iterations, ...weights].forEach(({ name, tensor }, k) => {
    state[`weight ${k} ${name}`] = stored(tensor);
  });
  iterations.tensor.dispose();
  for (const [name, variable] of scalars(tf, optimizer)) state[`scalar ${name}`] = stored(variable);
  return state;
}

export async function setOptimizerState(
  tf: TensorFlow,
  optimizer: Optimizer,
  state: Readonly<Record<string, StoredTensor>>,
): Promise<void> {
  const weights = Object.entries(state).flatMap(([key, value]) => {
    const [, name] = /^weight \d+ (.*)$/.exec(key) ?? [];
    return name === undefined ? [] : [{ name, tensor: restored(tf, value) }];
  });
  await optimizer.setWeights(weights);
  tf.dispose(weights.map(({ tensor }) => tensor));
  for (const [name, variable] of scalars(tf, optimizer)) {
    const value = restored(tf, state[`scalar ${name}`]);
    variable.assign(value as typeof variable);
    value.dispose();
  }
}

type Variable = InstanceType<TensorFlow["Variable"]>;
const scalars = (tf: TensorFlow, optimizer: Optimizer): [string, Variable][] =>
  Object.entries(optimizer).filter((entry): entry is [string, Variable] => entry[1] instanceof tf.Variable);

/** A model or layer, as far as it may hold others. */
interface Node {
  draws?: number;
  layers?: Node[];
  layer?: Node;
  forwardLayer?: Node;
  backwardLayer?: Node;
}

/** The layers of a model that draw while they train, also those inside of others, in a fixed order. */
export function drawingLayers(model: LayersModel): DrawingLayer[] {
  const visit = (node: Node): DrawingLayer[] => {
    const inside = [node.forwardLayer, node.backwardLayer];
    const children = inside[0] ? inside : [node.layer, ...(node.layers ?? [])];
    return [
      ...(typeof node.draws === "number" ? [node as DrawingLayer] : []),
      ...children.flatMap((c) => (c ? visit(c) : [])),
    ];
  };
  return visit(model as unknown as Node);
}
