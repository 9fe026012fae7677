import { type FusedConfig, type FusedLayer, fusedLayer } from "./fused-layer";
import { type DropoutConfig, type DropoutLayer, seededDropout } from "./seeded-dropout";
import type { TensorFlow } from "./tensorflow";

/** A configuration of `tf.layers`, and the seed of the layer's weights and dropout (default 0). */
export type Seeded<Config> = Config & { readonly seed?: number };

export type LSTMConfig = Seeded<Parameters<TensorFlow["layers"]["lstm"]>[0]>;
export type SimpleRNNConfig = Seeded<Parameters<TensorFlow["layers"]["simpleRNN"]>[0]>;
/** `resetAfter`: whether the reset gate comes after the recurrent product; default true, as in Keras. */
export type GRUConfig = Seeded<Omit<Parameters<TensorFlow["layers"]["gru"]>[0], "recurrentActivation">> & {
  readonly recurrentActivation?: Parameters<TensorFlow["layers"]["gru"]>[0]["recurrentActivation"];
  readonly resetAfter?: boolean;
};

export type BidirectionalConfig = Omit<
  Parameters<TensorFlow["layers"]["bidirectional"]>[0],
  "layer" | "mergeMode"
> & {
  readonly layer: FusedLayer;
  /** Default "concat". */
  readonly mergeMode?: "sum" | "mul" | "concat" | "ave";
};

export type RecurrentLayers = {
  lstm(config: LSTMConfig): FusedLayer;
  gru(config: GRUConfig): FusedLayer;
  simpleRNN(config: SimpleRNNConfig): FusedLayer;
  /** A layer in both directions; the outputs of masked steps are 0, as in Keras. */
  bidirectional(config: BidirectionalConfig): ReturnType<TensorFlow["layers"]["bidirectional"]>;
  /** Dropout that honours its seed, with a new mask for every batch. */
  dropout(config: DropoutConfig): DropoutLayer;
};

const made = new WeakMap<TensorFlow, RecurrentLayers>();

/**
 * Recurrent layers for models of TensorFlow.js, computed by the engine in use (`useEngine`): in place of
 * `tf.layers.lstm`, `gru` and `simpleRNN`, with the same configuration, but Keras' defaults (recurrentActivation
 * sigmoid, glorotUniform, orthogonal, unitForgetBias, resetAfter), weights in Keras' order and shapes, and seeds that
 * are honoured. Masking, `goBackwards`, `stateful` with `resetStates`, `returnState`, initial states, dropout and
 * both directions work as in `tf.layers`. A mask carries the state over the steps where it is 0.
 *
 * Activations other than tanh (and sigmoid for the gates), and recurrent dropout while training, are not the engine's:
 * TensorFlow.js then runs the layer step by step, with the same result and far slower. Gradients are first ones only.
 *
 * Call it before `tf.loadLayersModel` of a model that has these layers: it registers their classes.
 *
 * @example
 * const { tf } = await loadTf();
 * const layers = recurrentLayers(tf);
 * const model = tf.sequential({ layers: [
 *   layers.lstm({ units: 50, inputShape: [60, 1], seed: 1 }),
 *   tf.layers.dense({ units: 1 }),
 * ] });
 */
export function recurrentLayers(tf: TensorFlow): RecurrentLayers {
  const known = made.get(tf);
  if (known) return known;
  const resetAfter = (config: FusedConfig) => (config as GRUConfig).resetAfter ?? true;
  const LSTM = fusedLayer(tf, "FusedLSTM", () => "lstm");
  const GRU = fusedLayer(tf, "FusedGRU", (config) => (resetAfter(config) ? "gruResetAfter" : "gru"));
  const SimpleRNN = fusedLayer(tf, "FusedSimpleRNN", () => "rnn");
  const Dropout = seededDropout(tf);
  const layers: RecurrentLayers = {
    lstm: (config) => new LSTM(config as FusedConfig),
    gru: (config) => new GRU(config as FusedConfig),
    simpleRNN: (config) => new SimpleRNN(config as FusedConfig),
    bidirectional({ layer, mergeMode = "concat", ...config }) {
      layer.zeroOutputForMask = true;
      const { batchInputShape } = layer;
      return tf.layers.bidirectional({
        ...(batchInputShape ? { batchInputShape } : {}),
        ...config,
        layer,
        mergeMode,
      });
    },
    dropout: (config) => new Dropout(config),
  };
  made.set(tf, layers);
  return layers;
}
