import { orthogonal } from "../../math/linalg";
import { type Rng, uniform } from "../../math/random";
import type { Parameter } from "./layer";

/** First values of a parameter [rows, blocks·units], as Keras draws them (glorot: Glorot & Bengio 2010). */
export function initialValues({ rows, blocks, units, initial }: Parameter, random: Rng): Float32Array {
  const columns = blocks * units;
  switch (initial) {
    case "zeros":
      return new Float32Array(rows * columns);
    case "unitForgetBias":
      return Float32Array.from({ length: columns }, (_, j) => (j >= units && j < 2 * units ? 1 : 0));
    case "glorotUniform":
      return Float32Array.from(uniform(random, rows, columns, Math.sqrt(6 / (rows + columns))).data);
    case "uniform":
      return Float32Array.from(uniform(random, rows, columns, 0.05).data);
    case "orthogonal":
      return Float32Array.from(orthogonal(random, rows, columns).data);
  }
}
