import { describe, expect, it } from "vitest";
import { gradientCheck } from "../../src/bptt/gradient-check";
import type { Cell, State } from "../../src/cells/cell";
import { Dense } from "../../src/cells/dense";
import { GRUCell } from "../../src/cells/gru";
import { LSTMCell } from "../../src/cells/lstm";
import { Stacked } from "../../src/cells/stacked";
import { beamSearch } from "../../src/decode/beam-search";
import { integer, rng, shuffle } from "../../src/math/random";
import { DivergenceError } from "../../src/models/divergence";
import { Seq2Seq } from "../../src/models/seq2seq";
import { alignment } from "../../src/models/seq2seq/alignment";
import { attentive } from "../../src/models/seq2seq/attentive";
import { batchesByLength, type SequencePair } from "../../src/models/seq2seq/batches";
import { scheduledSampling, teacherForcing } from "../../src/models/seq2seq/feeding";
import { fixedContext } from "../../src/models/seq2seq/fixed-context";
import { Adam } from "../../src/optim/adam";
import { SGD } from "../../src/optim/sgd";

const decoders = { fixedContext, attentive: attentive({ units: 3 }) };
const cells: Record<
  string,
  (inputSize: number, units: number, random: () => number) => Cell<State, unknown>
> = {
  LSTM: (inputSize, units, random) => LSTMCell.init({ inputSize, units, random }) as never,
  GRU: (inputSize, units, random) => GRUCell.init({ inputSize, units, random }) as never,
  stacked: (inputSize, units, random) =>
    new Stacked([
      LSTMCell.init({ inputSize, units: 3, random }) as never,
      LSTMCell.init({ inputSize: 3, units, random }) as never,
    ]),
};
/** Source tokens 0 … 3; target tokens 0 … 3, start 4, stop 5. */
const make = (decoder: keyof typeof decoders, cell = "LSTM", units = 4, seed = 1) => {
  const random = rng(seed);
  return Seq2Seq.init({
    ...{ sourceSize: 4, targetSize: 6, start: 4, stop: 5, random },
    cell: (inputSize) => cells[cell](inputSize, units, random),
    decoder: decoders[decoder],
  });
};
const pairs: SequencePair[] = [
  { source: [0, 1, 2], target: [2, 1] },
  { source: [3, 3, 1], target: [0, 3, 2, 1] },
  { source: [2, 0, 0], target: [] },
];
const reversals = (seed: number, count: number, lengths: number[]): SequencePair[] => {
  const random = rng(seed);
  return Array.from({ length: count }, (_, k) => {
    const source = Array.from({ length: lengths[k % lengths.length] }, () => integer(random, 0, 4));
    return { source, target: [...source].reverse() };
  });
};

for (const decoder of ["fixedContext", "attentive"] as const) {
  describe(`Seq2Seq with ${decoder}`, () => {
    for (const cell of Object.keys(cells))
      it(`${cell}: the gradients of encoder, decoder and head agree with central differences`, () => {
        const model = make(decoder, cell);
        const { grads } = model.gradients(pairs);
        expect(Object.keys(grads).sort()).toEqual(Object.keys(model.params).sort());
        const worst = gradientCheck(() => model.gradients(pairs).loss, model.params, grads);
        expect(worst.relativeError).toBeLessThan(1e-6);
      });

    it("a batch's loss and gradients are those of its pairs, each weighted by its tokens", () => {
      const model = make(decoder);
      const { loss, grads } = model.gradients(pairs);
      const alone = pairs.map((pair) => ({ ...model.gradients([pair]), tokens: pair.target.length + 1 }));
      const tokens = alone.reduce((sum, one) => sum + one.tokens, 0);
      expect(loss).toBeCloseTo(alone.reduce((sum, one) => sum + one.loss * one.tokens, 0) / tokens, 12);
      expect(loss).toBeCloseTo(model.evaluate(pairs), 12);
      for (const name in grads) {
        const mean = alone
          .map((one) => one.grads[name].scale(one.tokens / tokens))
          .reduce((total, grad) => total.add(grad));
        expect(grads[name].maxAbsDifference(mean)).toBeLessThan(1e-14);
      }
    });

    it("learns to reverse words it has not seen, of several lengths", async () => {
      const model = make(decoder, "GRU", 24, 2);
      const all = reversals(7, 400, [2, 3, 4]);
      const [training, held] = [all.slice(0, 300), all.slice(300)];
      const seen = new Set(training.map(({ source }) => String(source)));
      const fresh = held.filter(({ source }) => !seen.has(String(source)));
      expect(fresh.length).toBeGreaterThan(10);
      const optimizer = new Adam({ learningRate: 0.02 });
      await model.fit(training, { epochs: 25, batch: 25, optimizer, random: rng(1) });
      const right = fresh.filter(({ source, target }) => String(model.predict(source, 6)) === String(target));
      expect(right.length / fresh.length).toBeGreaterThan(0.8);
    });

    it("decodes step by step what it computes for a whole target", () => {
      const model = make(decoder);
      const { step, start, state } = model.read(pairs[1].source);
      const { logits } = model.forward([pairs[1]]);
      let current = { logits: [] as ArrayLike<number>, state };
      [start, ...pairs[1].target].forEach((token, t) => {
        current = step(token, current.state);
        Array.from(current.logits).forEach((v, k) => {
          expect(v).toBeCloseTo(logits[t].at(0, k), 12);
        });
      });
    });

    it("decodes greedily as a beam of one does, without the stop token", () => {
      const model = make(decoder);
      const reading = model.read([1, 2, 3, 0]);
      const [best] = beamSearch(reading.step, { ...reading, length: 5, beamWidth: 1 });
      expect(model.predict([1, 2, 3, 0], 5)).toEqual(best.tokens.filter((token) => token !== model.stop));
    });

    it("the same seeds give the same bits", async () => {
      const run = async () => {
        const model = make(decoder);
        const options = { epochs: 2, optimizer: new Adam(), random: rng(5) };
        return [await model.fit(reversals(1, 40, [2, 3]), options), model.params];
      };
      expect(await run()).toEqual(await run());
    });
  });
}

it("with a fixed context nothing but the encoder's last state tells the source; attention sees each step", () => {
  const sight = (decoder: keyof typeof decoders) => {
    const model = make(decoder);
    const reading = model.decoder.over(model.forward(pairs).encoded.hs);
    const cell = reading.cell.forward(model.forward(pairs).logits[0], model.forward(pairs).encoded.state);
    const blind = model.decoder
      .over(model.forward(pairs).encoded.hs.map((h) => h.scale(0)))
      .cell.forward(model.forward(pairs).logits[0], model.forward(pairs).encoded.state);
    return cell.state.h.equals(blind.state.h);
  };
  expect(sight("fixedContext")).toBe(true);
  expect(sight("attentive")).toBe(false);
});

it("an alignment has a row for each written token and the stop, which sums to 1 over the source", () => {
  const random = rng(4);
  const model = Seq2Seq.init({
    ...{ sourceSize: 4, targetSize: 6, start: 4, stop: 5, random },
    cell: (inputSize) => LSTMCell.init({ inputSize, units: 4, random }),
    decoder: attentive({ units: 3 }),
  });
  const weights = alignment(model, pairs[1]);
  expect([weights.rows, weights.cols]).toEqual([5, 3]);
  for (const row of weights.toArray()) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
});

describe("feeding", () => {
  const model = make("fixedContext");
  it("of the true tokens: probability 1 of scheduled sampling is teacher forcing", () => {
    const sampled = scheduledSampling({ probability: 1, random: rng(1) });
    expect(model.gradients(pairs, sampled)).toEqual(model.gradients(pairs, teacherForcing));
  });
  it("of the model's own tokens: with probability 0 it reads what it writes greedily", () => {
    const { source } = pairs[1];
    const seen: number[][] = [];
    const own = scheduledSampling({ probability: 0, random: rng(1) });
    model.forward([{ source, target: [0, 0, 0, 0] }], (truth, logits) => {
      const tokens = own(truth, logits);
      seen.push(tokens);
      return tokens;
    });
    const reading = model.read(source);
    const unstopped = beamSearch(reading.step, { ...reading, stop: -1, length: 5, beamWidth: 1 })[0].tokens;
    expect(seen.map(([token]) => token)).toEqual(unstopped);
  });
  it("in between takes the true token as often as it says", () => {
    const sampled = scheduledSampling({ probability: 0.3, random: rng(2) });
    const truth = new Array(2000).fill(3);
    const { logits } = model.forward(truth.map(() => ({ source: [1], target: [] })));
    const own = sampled(truth, logits[0]).filter((token) => token === 3).length;
    expect(own / truth.length).toBeGreaterThan(0.26);
    expect(own / truth.length).toBeLessThan(0.34);
  });
});

it("batches hold sources of one length, and every pair once", () => {
  const all = reversals(3, 50, [2, 5, 3]);
  const batches = batchesByLength(all, 8, rng(1));
  for (const batch of batches) {
    expect(batch.length).toBeLessThanOrEqual(8);
    expect(new Set(batch.map(({ source }) => source.length)).size).toBe(1);
  }
  expect(shuffle(rng(1), batches.flat()).map(String).sort()).toEqual(all.map(String).sort());
  expect(new Set(batches.flat())).toEqual(new Set(all));
});

it("a diverging training stops and keeps the last weights that worked", async () => {
  const options = () => ({ epochs: 3, batch: 8, optimizer: new SGD({ learningRate: 0.1 }), random: rng(1) });
  const [broken, stopped] = [options(), options()];
  const model = make("attentive");
  const onStep = ({ step }: { step: number }) => {
    if (step === 2) broken.optimizer.learningRate = 1e308; // the update after step 3 breaks the weights
  };
  const error = await model.fit(reversals(1, 40, [3]), { ...broken, onStep }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(DivergenceError);
  expect(String(error)).toMatch("Seq2Seq.fit: step 4");

  const again = make("attentive");
  let asked = 0;
  await again.fit(reversals(1, 40, [3]), { ...stopped, shouldStop: () => asked++ >= 2 });
  expect(model.params).toEqual(again.params);
});

it("parts that do not fit, and sources of several lengths in one batch, are errors", () => {
  const { encoder, decoder, head } = make("fixedContext");
  const random = rng(1);
  const parts = { encoder, decoder, head, start: 4, stop: 5 };
  expect(() => new Seq2Seq({ ...parts, encoder: cells.LSTM(4, 7, random) })).toThrow(
    "Seq2Seq: decoder: expected the encoder's state (h 7,c 7), got (h 4,c 4)",
  );
  expect(() => new Seq2Seq({ ...parts, encoder: cells.GRU(4, 4, random) })).toThrow(
    "Seq2Seq: decoder: expected the encoder's state (h 4), got (h 4,c 4)",
  );
  expect(() => new Seq2Seq({ ...parts, head: Dense.init({ inputSize: 5, units: 6, random }) })).toThrow(
    "Seq2Seq: head.inputSize: expected the decoder's 4, got 5",
  );
  expect(() => new Seq2Seq({ ...parts, head: Dense.init({ inputSize: 4, units: 9, random }) })).toThrow(
    "Seq2Seq: head.units: expected the 6 tokens that the decoder reads, got 9",
  );
  expect(() => new Seq2Seq({ ...parts, stop: 6 })).toThrow(
    "Seq2Seq: stop: expected a token from 0 to 5, got 6",
  );
  const model = make("fixedContext");
  expect(() => model.gradients([pairs[0], { source: [1], target: [] }])).toThrow(
    "Seq2Seq.forward: pairs[1].source: expected 3 tokens as in the first pair, got 1",
  );
  expect(() => model.gradients([])).toThrow("Seq2Seq.forward: pairs: expected at least one, got none");
  expect(() => model.read([])).toThrow("Seq2Seq.read: pairs[0].source: expected at least one step, got none");
});
