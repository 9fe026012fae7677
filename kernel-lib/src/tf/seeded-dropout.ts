import type { serialization, Tensor } from "@tensorflow/tfjs";
import { assertRate, type DrawingLayer, dropoutMask } from "./dropout-mask";
import { deriveSeed } from "./seeds";
import type { TensorFlow } from "./tensorflow";

export type DropoutConfig = ConstructorParameters<TensorFlow["layers"]["Layer"]>[0] & {
  /** Probability to drop, in [0, 1). */
  rate: number;
  seed?: number;
};
export type DropoutLayer = InstanceType<TensorFlow["layers"]["Layer"]> & DrawingLayer;

/**
 * Dropout by seed (Srivastava et al. 2014): in training, parts of the input are 0 and the rest is scaled up. That of
 * TensorFlow.js draws without a seed, or the same mask for every batch.
 */
export function seededDropout(tf: TensorFlow): new (config: DropoutConfig) => DropoutLayer {
  class SeededDropout extends tf.layers.Layer implements DrawingLayer {
    static className = "SeededDropout";
    draws = 0;
    private readonly rate: number;
    private readonly seed: number;

    constructor(config: DropoutConfig) {
      super(config);
      const { rate, seed = 0 } = config;
      assertRate("SeededDropout: rate", rate);
      this.rate = rate;
      this.seed = seed;
      this.supportsMasking = true;
    }
    override computeOutputShape(inputShape: unknown) {
      return inputShape as number[];
    }
    override call(inputs: Tensor | Tensor[], { training }: { training?: boolean } = {}): Tensor {
      return tf.tidy(() => {
        const [x] = [inputs].flat();
        if (!training || this.rate === 0) return x.clone();
        return tf.mul(x, dropoutMask(tf, x.shape, this.rate, deriveSeed(this.seed, ++this.draws)));
      });
    }
    override getConfig(): serialization.ConfigDict {
      return { ...super.getConfig(), rate: this.rate, seed: this.seed };
    }
  }
  tf.serialization.registerClass(
    SeededDropout as unknown as Parameters<typeof tf.serialization.registerClass>[0],
  );
  return SeededDropout as unknown as new (
    config: DropoutConfig,
  ) => DropoutLayer;
}
