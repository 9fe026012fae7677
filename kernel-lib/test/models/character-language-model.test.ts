import { expect, it } from "vitest";
import { clipByGlobalNorm } from "../../src/bptt/clip";
import { gradientCheck } from "../../src/bptt/gradient-check";
import type { Cell, State } from "../../src/cells/cell";
import { GRUCell } from "../../src/cells/gru";
import type { CellConfig } from "../../src/cells/init";
import { LSTMCell } from "../../src/cells/lstm";
import { PeepholeLSTMCell } from "../../src/cells/peephole";
import { RNNCell } from "../../src/cells/rnn";
import { greedy } from "../../src/decode/greedy";
import { crossEntropy } from "../../src/evaluate/cross-entropy";
import { rng } from "../../src/math/random";
import { CharacterLanguageModel, type FitOptions } from "../../src/models/character-language-model";
import { DivergenceError } from "../../src/models/divergence";
import { Adam } from "../../src/optim/adam";
import { SGD } from "../../src/optim/sgd";
import { fitBigram } from "../../src/text/ngram";
import { Vocabulary } from "../../src/text/vocabulary";

const text = "the cat sat on the mat. the dog sat on the cat. ".repeat(4);
const vocabulary = Vocabulary.from(text);

const cells = {
  RNN: (config: CellConfig) => RNNCell.init(config),
  LSTM: (config: CellConfig) => LSTMCell.init(config),
  GRU: (config: CellConfig) => GRUCell.init(config),
  peephole: (config: CellConfig) => PeepholeLSTMCell.init(config),
};
function model(kind: keyof typeof cells, units = 16): CharacterLanguageModel {
  const random = rng(3);
  const cell = (inputSize: number) =>
    cells[kind]({ inputSize, units, random }) as unknown as Cell<State, unknown>;
  return CharacterLanguageModel.init({ vocabulary, random, cell });
}
const options = (more: Partial<FitOptions> = {}): FitOptions => ({
  epochs: 15,
  batch: 4,
  timesteps: 12,
  optimizer: new Adam({ learningRate: 0.02 }),
  clip: (grads) => clipByGlobalNorm(grads, 5),
  ...more,
});

for (const kind of Object.keys(cells) as (keyof typeof cells)[]) {
  it(`${kind}: the gradients of a chunk agree with central differences`, () => {
    const lm = model(kind, 3);
    const inputs = [
      [0, 1],
      [2, 3],
      [4, 5],
    ];
    const targets = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const { grads } = lm.gradients(inputs, targets);
    const loss = () => lm.gradients(inputs, targets).loss;
    expect(gradientCheck(loss, lm.params, grads).relativeError).toBeLessThan(1e-6);
  });

  it(`${kind}: training beats the bigram on a text of few words`, async () => {
    const lm = model(kind);
    const history = await lm.fit(text, options());
    const ids = vocabulary.encode(text);
    const bigram = crossEntropy(fitBigram(ids, { size: vocabulary.size }).surprisals(ids));
    expect(lm.evaluate(text).crossEntropy).toBeLessThan(bigram);
    expect(history.map(({ step }) => step)).toEqual(history.map((_, i) => i + 1));
  });
}

it("the same seed gives the same bits", async () => {
  const [a, b] = [model("LSTM"), model("LSTM")];
  const histories = [await a.fit(text, options({ epochs: 3 })), await b.fit(text, options({ epochs: 3 }))];
  expect(histories[0]).toEqual(histories[1]);
  expect(a.params).toEqual(b.params);
});

it("the state goes on over chunks: with one stream and no updates the losses are those of evaluate", async () => {
  const lm = model("LSTM");
  const history = await lm.fit(text, options({ epochs: 1, batch: 1, timesteps: 5, optimizer: frozen() }));
  const { surprisals } = lm.evaluate(text);
  history.forEach(({ loss }, k) => {
    expect(loss).toBeCloseTo(crossEntropy(surprisals.subarray(5 * k, 5 * k + 5)), 10);
  });
});

/** Leaves the parameters as they are. */
function frozen(): SGD {
  const optimizer = new SGD({ learningRate: 1 });
  optimizer.update = () => {};
  return optimizer;
}

it("evaluate gives a surprisal for every character after the first, and their mean", () => {
  const { surprisals, crossEntropy: mean } = model("GRU").evaluate("the cat");
  expect(surprisals).toHaveLength(6);
  expect(mean).toBe(crossEntropy(surprisals));
});

it("a diverging training stops with the step and the gradient norm, and keeps the last weights that worked", async () => {
  const lm = model("RNN");
  const optimizer = new SGD({ learningRate: 0.1 });
  const seen: number[] = [];
  const failing = lm.fit(
    text,
    options({
      optimizer,
      clip: undefined,
      onStep: ({ step }) => {
        seen.push(step);
        if (step === 4) optimizer.learningRate = 1e308;
      },
    }),
  );
  const error = await failing.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(DivergenceError);
  const { step, gradientNorm, message } = error as DivergenceError;
  expect(step).toBe(6); // the update after step 5 broke the weights, the loss of step 6 shows it
  expect(gradientNorm).toBeGreaterThan(0);
  expect(message).toMatch(
    /^CharacterLanguageModel.fit: step 6: expected a finite loss and gradient, got loss Infinity/,
  );
  expect(seen).toEqual([1, 2, 3, 4, 5]);
  expect(Number.isFinite(lm.evaluate(text).crossEntropy)).toBe(true);

  const again = model("RNN");
  await again.fit(
    text,
    options({ optimizer: new SGD({ learningRate: 0.1 }), clip: undefined, shouldStop: after(4) }),
  );
  expect(lm.params).toEqual(again.params);
});

function after(steps: number): () => boolean {
  let asked = 0;
  return () => asked++ >= steps;
}

it("training stops when asked and keeps what it learned so far", async () => {
  const history = await model("LSTM").fit(text, options({ shouldStop: after(7) }));
  expect(history).toHaveLength(7);
});

it("a trained model goes on with the text from its beginning", async () => {
  const lm = model("LSTM", 24);
  await lm.fit(text, options({ epochs: 40 }));
  const tokens = greedy(lm.step, { ...lm.prompt("the dog s"), length: 9 });
  expect(vocabulary.decode(tokens)).toBe("at on the");
});

it("a prompt is read but for its last character, which the decoder reads first", () => {
  const lm = model("LSTM");
  const { start, state } = lm.prompt("at");
  expect(start).toBe(vocabulary.id("t"));
  expect(state).toEqual(lm.step(vocabulary.id("a"), lm.cell.zeroState(1)).state);
});

it("a step leaves the state it is given as it was", () => {
  const lm = model("LSTM");
  const { start, state } = lm.prompt("the");
  const before = structuredClone(state);
  lm.step(start, state);
  expect(structuredClone(state)).toEqual(before);
});

it("activations are the gates and the state at every character, a value for each unit", () => {
  const lm = model("LSTM", 5);
  const { characters, steps } = lm.activations("cat");
  expect(characters).toEqual(["c", "a", "t"]);
  for (const name of ["i", "f", "g", "o", "c", "h"]) expect(steps[0][name]).toHaveLength(5);
  const [first, second] = steps;
  for (let u = 0; u < 5; u++) {
    expect(second.c[u]).toBeCloseTo(second.f[u] * first.c[u] + second.i[u] * second.g[u], 12);
    expect(second.h[u]).toBeCloseTo(second.o[u] * Math.tanh(second.c[u]), 12);
  }
  expect(Object.keys(model("GRU", 5).activations("a").steps[0])).toEqual(
    expect.arrayContaining(["z", "r", "hTilde", "h"]),
  );
});

it("parts that do not fit, and characters that are not in the vocabulary, are errors", () => {
  const { cell, head } = model("RNN");
  expect(() => new CharacterLanguageModel({ vocabulary: Vocabulary.from("ab"), cell, head })).toThrow(
    `CharacterLanguageModel: cell.inputSize: expected the vocabulary's 2, got ${vocabulary.size}`,
  );
  expect(() => model("RNN").evaluate("the zebra")).toThrow('got "z" at 4');
  expect(() => model("RNN").prompt("")).toThrow(
    "CharacterLanguageModel.prompt: text: expected a character, got none",
  );
});
