import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Engine } from "../../dist/engine/engine";
import { bptt } from "../../src/bptt/bptt";
import { unroll } from "../../src/bptt/unroll";
import type { State } from "../../src/cells/cell";
import type { SequenceKind, SequenceShape } from "../../src/engine/plan";
import { Matrix } from "../../src/math/matrix";
import { rng } from "../../src/math/random";
import { batchMajor, cellOf, float32Matrix, weightsOf } from "./cells";

const kinds: SequenceKind[] = ["lstm", "peephole", "gru", "gruResetAfter", "rnn"];
const engines = {
  "wasm, 1 thread": new Engine("wasm", { threads: 1 }),
  "wasm, 2 threads": new Engine("wasm", { threads: 2 }),
  "native, 2 threads": new Engine("native", { threads: 2 }),
  plain: new Engine("plain"),
};
afterAll(() => {
  for (const engine of Object.values(engines)) engine.close();
});

const shapes = fc.record({
  kind: fc.constantFrom(...kinds),
  batch: fc.integer({ min: 1, max: 13 }),
  timesteps: fc.integer({ min: 1, max: 9 }),
  inputSize: fc.integer({ min: 1, max: 19 }),
  units: fc.integer({ min: 1, max: 19 }),
});
const options = fc.record({
  seed: fc.nat(),
  masked: fc.boolean(),
  reverse: fc.boolean(),
  withState: fc.boolean(),
  lastOnly: fc.boolean(),
  oneHot: fc.boolean(),
});

describe.each(Object.entries(engines))("%s", (_, engine) => {
  it("agrees with the float64 cells, forwards and backwards, for every option", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(shapes, options, (shape, option) => {
        const expected = reference(shape, option);
        const run = engine.recurrent(shape, expected.weights, expected.input);
        near(run.output, expected.output, "output");
        near(run.state.h, expected.state.h, "state.h");
        if (expected.state.c) near(run.state.c, expected.state.c, "state.c");
        const back = run.backward(expected.gradient);
        near(back.dx, expected.dx, "dx");
        near(back.dState.h, expected.dState.h, "dState.h");
        if (expected.dState.c) near(back.dState.c, expected.dState.c, "dState.c");
        for (const [name, want] of Object.entries(expected.gradients))
          near(back.gradients[name as keyof typeof back.gradients], want as Float32Array, name);
        run.release();
      }),
      { numRuns: 150, seed: 11 },
    );
    expect(engine.arena.used).toBe(0);
  });
});

// Products of this size are cut into blocks of rows, of columns and of depth.
it.each(["wasm, 2 threads", "native, 2 threads"] as const)(
  "%s: agrees with plain loops on large layers",
  (name) => {
    for (const kind of kinds) {
      const shape = { kind, batch: 33, timesteps: 20, inputSize: 70, units: 130 };
      const random = rng(3);
      // Small weights: large ones would blow rounding up from step to step.
      const small = Object.entries(cellOf(shape, random).params).map(([key, m]) => [key, m.scale(0.25)]);
      const weights = weightsOf(Object.fromEntries(small));
      const floats = (length: number) => Float32Array.from({ length }, () => random() - 0.5);
      const input = { x: floats(33 * 20 * 70) };
      const gradient = { dOutput: floats(33 * 20 * 130) };
      const [fast, plain] = [engines[name], engines.plain].map((engine) => {
        const run = engine.recurrent(shape, weights, input);
        const result = { output: run.output, ...run.backward(gradient) };
        run.release();
        return result;
      });
      near(fast.output, plain.output, `${kind}: output`);
      near(fast.dx, plain.dx, `${kind}: dx`);
      for (const [parameter, want] of Object.entries(plain.gradients))
        near(
          fast.gradients[parameter as keyof typeof fast.gradients],
          want as Float32Array,
          `${kind}: ${parameter}`,
        );
    }
  },
);

it("gives the same bits for one and two threads", () => {
  fc.assert(
    fc.property(shapes, options, (shape, option) => {
      const { weights, input, gradient } = reference(shape, option);
      const [one, two] = [engines["wasm, 1 thread"], engines["wasm, 2 threads"]].map((engine) => {
        const run = engine.recurrent(shape, weights, input);
        const result = { output: run.output, state: run.state, ...run.backward(gradient) };
        run.release();
        return result;
      });
      expect(two).toEqual(one);
    }),
    { numRuns: 100, seed: 5 },
  );
});

type Option = {
  seed: number;
  masked: boolean;
  reverse: boolean;
  withState: boolean;
  lastOnly: boolean;
  oneHot: boolean;
};

/** The same run by the cells, one sequence at a time where a mask skips steps. */
function reference(shape: SequenceShape, { seed, masked, reverse, withState, lastOnly, oneHot }: Option) {
  const { batch, timesteps, inputSize, units } = shape;
  const random = rng(seed);
  const cell = cellOf(shape, random);
  const steps = (cols: number) => Array.from({ length: timesteps }, () => float32Matrix(random, batch, cols));
  const xs = oneHot
    ? Array.from({ length: timesteps }, () => oneHotRows(random, batch, inputSize))
    : steps(inputSize);
  const dhs = steps(units).map((m, t) => (lastOnly && t !== (reverse ? 0 : timesteps - 1) ? m.scale(0) : m));
  const state = mapState(cell.zeroState(batch), (m) =>
    withState ? float32Matrix(random, m.rows, m.cols) : m,
  );
  const dFinal = mapState(state, (m) => float32Matrix(random, m.rows, m.cols));
  const mask = Array.from({ length: batch * timesteps }, () => (masked && random() < 0.3 ? 0 : 1));

  const output = steps(units);
  const dxs = xs.map((x) => x.scale(0));
  const finals: State[] = [];
  const dStates: State[] = [];
  const grads: Record<string, Matrix> = {};
  for (let b = 0; b < batch; b++) {
    const order = Array.from({ length: timesteps }, (_, t) => (reverse ? timesteps - 1 - t : t));
    const kept = order.filter((t) => mask[b * timesteps + t]);
    const start = mapState(state, (m) => m.row(b));
    const end = mapState(dFinal, (m) => m.row(b));
    const run = kept.length
      ? unroll(
          cell,
          kept.map((t) => xs[t].row(b)),
          start,
        )
      : undefined;
    // A skipped step's output is the state carried on, so its gradient belongs to the last step that was kept.
    const dKept = kept.map(() => Matrix.zeros(1, units));
    let before = -1;
    let dStart = Matrix.zeros(1, units);
    for (const t of order) {
      if (mask[b * timesteps + t]) before++;
      const h = before < 0 ? start.h : (run?.hs[before] as Matrix);
      output[t].data.set(h.data, b * units);
      if (before < 0) dStart = dStart.add(dhs[t].row(b));
      else dKept[before] = dKept[before].add(dhs[t].row(b));
    }
    const back = run && bptt(cell, run.caches, dKept, end);
    finals.push(run?.state ?? start);
    const dState = back?.dStates[0] ?? end;
    dStates.push({ ...dState, h: dState.h.add(dStart) });
    back?.dxs.forEach((dx, k) => {
      dxs[kept[k]].data.set(dx.data, b * inputSize);
    });
    for (const [name, m] of Object.entries(cell.params))
      grads[name] = (grads[name] ?? m.scale(0)).add(back?.grads[name] ?? m.scale(0));
  }
  const arrays = (states: State[]) => {
    const join = (name: string) => Float32Array.from(Matrix.concatRows(states.map((s) => s[name])).data);
    return { h: join("h"), ...("c" in states[0] ? { c: join("c") } : {}) };
  };
  return {
    weights: weightsOf(cell.params),
    input: {
      x: batchMajor(xs),
      reverse,
      ...(masked ? { mask } : {}),
      ...(withState ? { state: arrays([state]) } : {}),
    },
    gradient: { dOutput: batchMajor(dhs), dState: arrays([dFinal]) },
    output: batchMajor(output),
    state: arrays(finals),
    dx: batchMajor(dxs),
    dState: arrays(dStates),
    gradients: weightsOf(grads),
  };
}

function oneHotRows(random: () => number, rows: number, cols: number): Matrix {
  const out = Matrix.zeros(rows, cols);
  for (let r = 0; r < rows; r++) out.data[r * cols + Math.floor(random() * cols)] = 1;
  return out;
}

const mapState = (state: State, f: (m: Matrix) => Matrix): State =>
  Object.fromEntries(Object.entries(state).map(([name, m]) => [name, f(m)])) as State;

function near(got: Float32Array | undefined, want: Float32Array, what: string): void {
  expect(got?.length, what).toBe(want.length);
  const scale = want.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
  const worst = want.reduce((most, v, i) => Math.max(most, Math.abs(v - (got as Float32Array)[i])), 0);
  expect(worst / scale, what).toBeLessThan(3e-6);
}
