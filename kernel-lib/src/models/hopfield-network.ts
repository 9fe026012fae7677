import { Matrix } from "../math/matrix";
import { type Rng, shuffle } from "../math/random";
import { assertLength } from "../math/shape";

/** A state on the way of a recall, and its energy. */
export interface HopfieldStep {
  state: number[];
  energy: number;
}

/**
 * Hopfield's associative memory (J. J. Hopfield, Neural networks and physical systems with emergent collective
 * computational abilities, PNAS 79, 1982): every unit is joined to every other one, and a stored pattern is a valley of
 * the energy. States are lists of −1 and 1 (the paper's 0 and 1, shifted).
 *   weights = (1/n) Σ_p ξ_p·ξ_pᵀ with a zero diagonal      s_i ← sign(Σ_j weights_ij·s_j)      E = −½ sᵀ·weights·s
 */
export class HopfieldNetwork {
  readonly weights: Matrix;

  /** @throws RangeError unless the weights are square and symmetric with a zero diagonal */
  constructor(weights: Matrix) {
    const { rows, cols } = weights;
    if (
      rows !== cols ||
      !weights.equals(weights.T) ||
      !weights.mul(Matrix.identity(rows)).equals(Matrix.zeros(rows, cols))
    )
      throw new RangeError(
        `HopfieldNetwork: weights: expected a symmetric square matrix with a zero diagonal, got [${rows}, ${cols}]`,
      );
    this.weights = weights;
  }

  /** The network that stores these patterns, by Hebb's rule. @throws RangeError if an entry is not −1 or 1 */
  static store(patterns: ReadonlyArray<readonly number[]>): HopfieldNetwork {
    if (patterns.length === 0)
      throw new RangeError("HopfieldNetwork.store: patterns: expected at least one, got none");
    const units = patterns[0].length;
    patterns.forEach((pattern, p) => {
      assertState(`HopfieldNetwork.store: patterns[${p}]`, pattern, units);
    });
    const stacked = Matrix.from(patterns);
    const outer = stacked.transposeMatmul(stacked);
    return new HopfieldNetwork(outer.sub(Matrix.identity(units).scale(patterns.length)).scale(1 / units));
  }
  get units(): number {
    return this.weights.rows;
  }

  /** −½ sᵀ·weights·s: no update of one unit ever raises it. */
  energy(state: readonly number[]): number {
    assertState("HopfieldNetwork.energy: state", state, this.units);
    return -0.5 * state.reduce((sum, s, i) => sum + s * this.field(state, i), 0);
  }

  /**
   * Updates one unit at a time, in random order, until a whole sweep changes nothing.
   *
   * @returns the state before the first sweep and after every one; the last is stable
   * @throws RangeError if an entry is not −1 or 1
   */
  recall(state: readonly number[], random: Rng): HopfieldStep[] {
    assertState("HopfieldNetwork.recall: state", state, this.units);
    const current = [...state];
    const steps = [{ state: [...current], energy: this.energy(current) }];
    const units = current.map((_, i) => i);
    for (let changed = true; changed; ) {
      changed = false;
      for (const i of shuffle(random, units)) {
        const field = this.field(current, i);
        const next = field === 0 ? current[i] : Math.sign(field); // a unit that nothing pulls stays
        changed ||= next !== current[i];
        current[i] = next;
      }
      if (changed) steps.push({ state: [...current], energy: this.energy(current) });
    }
    return steps;
  }

  private field(state: readonly number[], unit: number): number {
    const { data, cols } = this.weights;
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += data[unit * cols + j] * state[j];
    return sum;
  }
}

function assertState(what: string, state: readonly number[], units: number): void {
  assertLength(what, state, "units", units);
  const wrong = state.findIndex((s) => s !== 1 && s !== -1);
  if (wrong >= 0) throw new RangeError(`${what}: expected −1 or 1, got ${state[wrong]} at ${wrong}`);
}
