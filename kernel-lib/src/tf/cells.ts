import type { Tensor } from "@tensorflow/tfjs";
import type { SequenceKind } from "../engine/plan";
import type { TensorFlow } from "./tensorflow";

type Read = { read(): Tensor };
type Activation = { apply(x: Tensor): Tensor; getClassName(): string };

type Kwargs = Record<string, unknown>;

/**
 * What is used of a cell of TensorFlow.js; its declarations leave most of it out. It holds the layer's weights, and takes
 * the steps of layers that the engine can't run; there `hMask` [batch, units], if any, drops parts of h before the
 * products.
 */
export interface RecurrentCell {
  readonly units: number;
  readonly kernel: Read;
  readonly recurrentKernel: Read;
  readonly bias: Read | null;
  readonly activation: Activation;
  readonly recurrentActivation?: Activation;
  hMask?: Tensor;
  call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[];
  addWeight(name: string, shape: number[], ...rest: unknown[]): Read;
}

export type CellConfig = Record<string, unknown> & { units: number };
type CellClass = new (config: CellConfig) => RecurrentCell;
export type CellKind = Exclude<SequenceKind, "peephole">;

/** The cells of `tf.layers` by kind, and the GRU with the reset after the product, which `tf.layers` lack. */
export function cellClasses(tf: TensorFlow): Record<CellKind, CellClass> {
  const classOf = (cell: unknown) => (cell as object).constructor as CellClass;
  const gru = gruCell(tf, classOf(tf.layers.gruCell({ units: 1 })));
  return {
    lstm: dropping(tf, classOf(tf.layers.lstmCell({ units: 1 }))),
    rnn: dropping(tf, classOf(tf.layers.simpleRNNCell({ units: 1 }))),
    gru,
    gruResetAfter: gruResetAfterCell(tf, gru),
  };
}

/** A cell that sees h only in its products. */
function dropping(tf: TensorFlow, Base: CellClass): CellClass {
  return class extends Base {
    override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
      const [x, h, ...others] = inputs as Tensor[];
      return super.call([x, this.hMask ? tf.mul(h, this.hMask) : h, ...others], kwargs);
    }
  };
}

/** h' = z ⊙ h + (1 − z) ⊙ tanh(x·W + (r ⊙ h)·U + b); the mixing sees all of h, the products what `hMask` leaves. */
function gruCell(tf: TensorFlow, Base: CellClass): CellClass {
  return class extends Base {
    override call(inputs: Tensor | Tensor[]): Tensor[] {
      const [x, h] = inputs as Tensor[];
      const seen = this.hMask ? tf.mul(h, this.hMask) : h;
      const input = plus(tf, product(tf, x, this.kernel.read()), this.bias?.read());
      const [xz, xr, xh] = tf.split(input, 3, 1);
      const [Uzr, Uh] = tf.split(this.recurrentKernel.read(), [2 * this.units, this.units], 1);
      const [hz, hr] = tf.split(product(tf, seen, Uzr), 2, 1);
      const { z, r } = gates(tf, this, [xz, xr], [hz, hr]);
      const hTilde = this.activation.apply(tf.add(xh, product(tf, tf.mul(r, seen), Uh)));
      return mix(tf, z, h, hTilde);
    }
  };
}

/** h' = z ⊙ h + (1 − z) ⊙ tanh(x·W + b₀ + r ⊙ (h·U + b₁)), Keras' default; bias [2, 3·units]. */
function gruResetAfterCell(tf: TensorFlow, Base: CellClass): CellClass {
  return class extends Base {
    override addWeight(name: string, shape: number[], ...rest: unknown[]): Read {
      return super.addWeight(name, name === "bias" ? [2, ...shape] : shape, ...rest);
    }
    override call(inputs: Tensor | Tensor[]): Tensor[] {
      const [x, h] = inputs as Tensor[];
      const seen = this.hMask ? tf.mul(h, this.hMask) : h;
      const [inputBias, recurrentBias] = this.bias ? tf.unstack(this.bias.read()) : [];
      const [xz, xr, xh] = tf.split(plus(tf, product(tf, x, this.kernel.read()), inputBias), 3, 1);
      const recurrent = plus(tf, product(tf, seen, this.recurrentKernel.read()), recurrentBias);
      const [hz, hr, hh] = tf.split(recurrent, 3, 1);
      const { z, r } = gates(tf, this, [xz, xr], [hz, hr]);
      return mix(tf, z, h, this.activation.apply(tf.add(xh, tf.mul(r, hh))));
    }
  };
}

const product = (tf: TensorFlow, a: Tensor, b: Tensor): Tensor => tf.matMul(a, b);
const plus = (tf: TensorFlow, a: Tensor, bias?: Tensor): Tensor => (bias ? tf.add(a, bias) : a);

function gates(tf: TensorFlow, cell: RecurrentCell, [xz, xr]: Tensor[], [hz, hr]: Tensor[]) {
  const activation = cell.recurrentActivation as Activation;
  return { z: activation.apply(tf.add(xz, hz)), r: activation.apply(tf.add(xr, hr)) };
}

function mix(tf: TensorFlow, z: Tensor, h: Tensor, hTilde: Tensor): Tensor[] {
  const next = tf.add(tf.mul(z, h), tf.mul(tf.sub(1, z), hTilde));
  return [next, next];
}
