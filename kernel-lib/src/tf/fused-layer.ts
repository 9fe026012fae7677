import type { serialization, Tensor } from "@tensorflow/tfjs";
import { type CellConfig, type CellKind, cellClasses, type RecurrentCell } from "./cells";
import { assertRate, type DrawingLayer, dropoutMask } from "./dropout-mask";
import { seededInitializers } from "./initializers";
import { recurrent, statesOf } from "./recurrent-op";
import { deriveSeed } from "./seeds";
import type { TensorFlow } from "./tensorflow";

/** A layer of TensorFlow.js that runs on the engine. */
export type FusedLayer = InstanceType<TensorFlow["RNN"]> &
  DrawingLayer & {
    /** Whether the outputs of masked steps are 0, instead of those of the steps before. */
    zeroOutputForMask: boolean;
  };

/** What is common to the configurations of the three layers. */
export type FusedConfig = ConstructorParameters<TensorFlow["RNN"]>[0] & {
  units: number;
  dropout?: number;
  recurrentDropout?: number;
  seed?: number;
  zeroOutputForMask?: boolean;
};

type Base = InstanceType<TensorFlow["RNN"]>;
type FusedClass = new (config: FusedConfig) => FusedLayer;
type Kwargs = { mask?: Tensor | Tensor[]; training?: boolean; initialState?: Tensor[] };

/** Places that draw, for `deriveSeed`. */
const KERNEL = 0;
const RECURRENT_KERNEL = 1;
const INPUT_DROPOUT = 2;
const RECURRENT_DROPOUT = 3;

/**
 * A class of recurrent layers, registered with TensorFlow.js under `className`, so that it saves and loads. What the
 * engine lacks (other activations; recurrent dropout, while it trains) is run step by step by TensorFlow.js itself.
 */
export function fusedLayer(
  tf: TensorFlow,
  className: string,
  kindOf: (config: FusedConfig) => CellKind,
): FusedClass {
  const cells = cellClasses(tf);
  const { glorotUniform, orthogonal } = seededInitializers(tf);

  class Fused extends tf.RNN implements DrawingLayer {
    static override className = className;
    draws = 0;
    zeroOutputForMask: boolean;
    private readonly kind: CellKind;
    private readonly given: FusedConfig;
    private readonly seed: number;

    constructor(config: FusedConfig) {
      const kind = kindOf(config);
      const { dropout = 0, recurrentDropout = 0, seed = 0, goBackwards = false } = config;
      assertRate(`${className}: dropout`, dropout);
      assertRate(`${className}: recurrentDropout`, recurrentDropout);
      if (!Number.isInteger(seed))
        throw new RangeError(`${className}: seed: expected a whole number, got ${String(seed)}`);
      // A backward layer is made from a forward one, with the same seed: it shall not draw the same numbers.
      const ownSeed = deriveSeed(seed, goBackwards ? 1 : 0);
      const cell = new cells[kind]({
        recurrentActivation: "sigmoid",
        unitForgetBias: true,
        ...config,
        kernelInitializer:
          given(config, "kernelInitializer") ?? glorotUniform({ seed: deriveSeed(ownSeed, KERNEL) }),
        recurrentInitializer:
          given(config, "recurrentInitializer") ??
          orthogonal({ seed: deriveSeed(ownSeed, RECURRENT_KERNEL) }),
        // The layer drops by itself.
        dropout: 0,
        recurrentDropout: 0,
        resetAfter: false,
      } as CellConfig);
      super({ ...config, cell: cell as unknown as FusedConfig["cell"] });
      this.kind = kind;
      this.given = { ...config, dropout, recurrentDropout };
      this.seed = ownSeed;
      this.zeroOutputForMask = config.zeroOutputForMask ?? false;
    }

    override apply(...[inputs, kwargs]: Parameters<Base["apply"]>): ReturnType<Base["apply"]> {
      const among = Array.isArray(inputs) ? inputs.slice(1) : [];
      const states = [(kwargs?.initialState as Tensor[] | undefined) ?? among].flat();
      const expected = statesOf(this.kind);
      if (states.length !== 0 && states.length !== expected)
        throw new RangeError(
          `${this.name}: initialState: expected ${expected} tensors, got ${states.length}`,
        );
      return super.apply(inputs, kwargs);
    }

    override call(
      inputs: Tensor | Tensor[],
      { mask, training, initialState }: Kwargs = {},
    ): Tensor | Tensor[] {
      return tf.tidy(() => {
        const { dropout = 0, recurrentDropout = 0 } = this.given;
        const [x] = [inputs].flat();
        const draws = training && (dropout > 0 || recurrentDropout > 0) ? ++this.draws : 0;
        const [batch, , inputSize] = x.shape as number[];
        const dropped = (rate: number, size: number, place: number, axis: number[]) =>
          draws && rate > 0
            ? dropoutMask(tf, [batch, ...axis, size], rate, deriveSeed(this.seed, place, draws))
            : undefined;
        const xMask = dropped(dropout, inputSize, INPUT_DROPOUT, [1]);
        const hMask = dropped(recurrentDropout, this.ownCell.units, RECURRENT_DROPOUT, []);
        const given = {
          x: xMask ? tf.mul(x, xMask) : x.dtype === "float32" ? x : tf.cast(x, "float32"),
          mask: [mask].flat()[0],
          state: initialState ?? (this.stateful ? this.states_ : undefined),
        };
        const results = hMask || !this.engineHasIt() ? this.stepByStep(given, hMask) : this.run(given);
        return this.zeroOutputForMask && given.mask ? this.zeroMasked(results, given.mask) : results;
      });
    }

    private zeroMasked(results: Tensor | Tensor[], mask: Tensor): Tensor | Tensor[] {
      const [output, ...states] = [results].flat();
      if (!this.returnSequences) return results;
      // Cast first: the wasm backend's reverse reads past the end of a boolean tensor.
      const kept = tf.expandDims(tf.cast(mask, "float32"), -1);
      const zeroed = tf.mul(output, this.goBackwards ? tf.reverse(kept, 1) : kept);
      return this.returnState ? [zeroed, ...states] : zeroed;
    }

    private run({ x, mask, state }: Given): Tensor | Tensor[] {
      const { kernel, recurrentKernel, bias } = this.ownCell;
      const { output, states, last } = recurrent(tf, {
        kind: this.kind,
        x,
        kernel: kernel.read(),
        recurrentKernel: recurrentKernel.read(),
        bias: bias?.read(),
        state,
        mask,
        goBackwards: this.goBackwards,
        returnSequences: this.returnSequences,
        returnState: this.returnState,
      });
      if (this.stateful) {
        const size = [x.shape[0], this.ownCell.units];
        this.resetStates([last.h, last.c].flatMap((s) => (s ? [tf.tensor(s, size)] : [])));
      }
      return this.returnState ? [output, ...states] : output;
    }

    private stepByStep({ x, mask, state }: Given, hMask: Tensor | undefined): Tensor | Tensor[] {
      this.ownCell.hMask = hMask;
      try {
        return super.call(x, { mask, training: false, initialState: state });
      } finally {
        this.ownCell.hMask = undefined;
      }
    }

    private engineHasIt(): boolean {
      const { activation, recurrentActivation } = this.ownCell;
      return (
        activation.getClassName() === "tanh" &&
        (recurrentActivation?.getClassName() ?? "sigmoid") === "sigmoid"
      );
    }

    private get ownCell(): RecurrentCell {
      return this.cell as unknown as RecurrentCell;
    }

    /** Also the cell's: TensorFlow.js forgets its regularizers. */
    override get losses() {
      return this.cell ? this.cell.losses : [];
    }

    override getConfig(): serialization.ConfigDict {
      const config = super.getConfig();
      const { dropout, recurrentDropout, seed = 0 } = this.given;
      for (const name of ["kernelInitializer", "recurrentInitializer"] as const)
        if (!given(this.given, name)) delete config[name];
      delete config.implementation;
      const reset = className === "FusedGRU" ? { resetAfter: this.kind === "gruResetAfter" } : {};
      const { zeroOutputForMask } = this;
      return {
        ...config,
        dropout,
        recurrentDropout,
        seed,
        zeroOutputForMask,
        ...reset,
      } as serialization.ConfigDict;
    }

    static override fromConfig<T extends serialization.Serializable>(
      cls: serialization.SerializableConstructor<T>,
      config: serialization.ConfigDict,
    ): T {
      return new cls(config);
    }
  }

  tf.serialization.registerClass(Fused as unknown as Parameters<typeof tf.serialization.registerClass>[0]);
  return Fused as unknown as FusedClass;
}

type Given = { x: Tensor; mask: Tensor | undefined; state: Tensor[] | undefined };

const given = (config: FusedConfig, name: string): unknown =>
  (config as unknown as Record<string, unknown>)[name];
