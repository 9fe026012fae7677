import type { Tensor } from "@tensorflow/tfjs";
import { orthogonal } from "../math/linalg";
import { Matrix } from "../math/matrix";
import { normal, type Rng, rng, uniform } from "../math/random";
import type { TensorFlow } from "./tensorflow";

/** An initializer as `tf.layers` take them. */
export type Initializer = ReturnType<TensorFlow["initializers"]["zeros"]>;

export type InitializerConfig = { readonly seed: number };

/** How large the numbers are, from the numbers of inputs and outputs of a weight. */
type Fans = { readonly fanIn: number; readonly fanOut: number };
type Draw = (random: Rng, rows: number, cols: number, fans: Fans) => Matrix;

/** Uniform and normal numbers with a given variance; the normal ones are cut at two standard deviations, as in Keras. */
const uniformOf =
  (variance: (fans: Fans) => number): Draw =>
  (random, rows, cols, fans) =>
    uniform(random, rows, cols, Math.sqrt(3 * variance(fans)));
const normalOf =
  (variance: (fans: Fans) => number): Draw =>
  (random, rows, cols, fans) =>
    truncatedNormal(random, rows, cols).scale(Math.sqrt(variance(fans)) / TRUNCATED_DEVIATION);

/** The standard deviation of a standard normal cut at ±2. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

function truncatedNormal(random: Rng, rows: number, cols: number): Matrix {
  return Matrix.zeros(rows, cols).map(() => {
    for (;;) {
      const z = normal(random, 1, 1).data[0];
      if (Math.abs(z) <= 2) return z;
    }
  });
}

const glorot = ({ fanIn, fanOut }: Fans) => 2 / (fanIn + fanOut);
const he = ({ fanIn }: Fans) => 2 / fanIn;
const lecun = ({ fanIn }: Fans) => 1 / fanIn;

/** What each initializer draws, by its name. */
const draws = {
  glorotUniform: uniformOf(glorot),
  glorotNormal: normalOf(glorot),
  heUniform: uniformOf(he),
  heNormal: normalOf(he),
  lecunUniform: uniformOf(lecun),
  lecunNormal: normalOf(lecun),
  orthogonal: (random, rows, cols) => orthogonal(random, rows, cols),
} satisfies Record<string, Draw>;

export type SeededInitializers = Record<keyof typeof draws, (config: InitializerConfig) => Initializer>;

const made = new WeakMap<TensorFlow, SeededInitializers>();

/**
 * Keras' initializers that honour their seed, which those of TensorFlow.js ignore: the same seed gives the same weights
 * on every machine. Give every layer a seed of its own. They are registered with TensorFlow.js, so that models which
 * use them can be saved and loaded.
 *
 * `glorotUniform` (Keras' default), `glorotNormal` (Glorot & Bengio 2010), `heUniform`, `heNormal` (He et al. 2015),
 * `lecunUniform`, `lecunNormal`, `orthogonal` (Saxe et al. 2014).
 *
 * @example
 * const { glorotUniform } = seededInitializers(tf);
 * tf.layers.dense({ units: 10, kernelInitializer: glorotUniform({ seed: 42 }) });
 */
export function seededInitializers(tf: TensorFlow): SeededInitializers {
  const known = made.get(tf);
  if (known) return known;
  const entries = Object.entries(draws).map(([name, draw]) => [name, initializerOf(tf, name, draw)]);
  const initializers = Object.fromEntries(entries) as SeededInitializers;
  made.set(tf, initializers);
  return initializers;
}

function initializerOf(tf: TensorFlow, name: string, draw: Draw): (config: InitializerConfig) => Initializer {
  type Base = new () => Initializer;
  const Base = Object.getPrototypeOf(tf.initializers.zeros().constructor) as Base;
  class Seeded extends Base {
    static className = `Seeded${name[0].toUpperCase()}${name.slice(1)}`;
    readonly seed: number;

    constructor({ seed }: InitializerConfig) {
      super();
      if (!Number.isInteger(seed))
        throw new RangeError(`${name}: seed: expected a whole number, got ${String(seed)}`);
      this.seed = seed;
    }
    override apply(shape: number[]): Tensor {
      const { rows, cols, fans } = fansOf(shape);
      const { data } = draw(rng(this.seed), rows, cols, fans);
      return tf.tensor(Float32Array.from(data), shape);
    }
    override getConfig() {
      return { seed: this.seed };
    }
  }
  tf.serialization.registerClass(Seeded as unknown as Parameters<typeof tf.serialization.registerClass>[0]);
  return (config) => new Seeded(config);
}

/** A weight as a matrix, its last axis the outputs; a convolution's further axes count for both fans, as in Keras. */
function fansOf(shape: readonly number[]): { rows: number; cols: number; fans: Fans } {
  const size = shape.reduce((product, n) => product * n, 1);
  if (shape.length < 2) return { rows: 1, cols: size, fans: { fanIn: size, fanOut: size } };
  const [inputs, outputs] = shape.slice(-2);
  const field = size / (inputs * outputs);
  const fans = { fanIn: inputs * field, fanOut: outputs * field };
  return { rows: size / outputs, cols: outputs, fans };
}
