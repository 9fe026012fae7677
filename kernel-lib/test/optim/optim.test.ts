import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/math/matrix";
import { Adagrad } from "../../src/optim/adagrad";
import { Adam } from "../../src/optim/adam";
import { Momentum } from "../../src/optim/momentum";
import { SGD } from "../../src/optim/sgd";

const optimizers = {
  SGD: (learningRate: number) => new SGD({ learningRate }),
  Momentum: (learningRate: number) => new Momentum({ learningRate }),
  Adagrad: (learningRate: number) => new Adagrad({ learningRate }),
  Adam: (learningRate: number) => new Adam({ learningRate }),
};

describe("Every optimizer", () => {
  for (const [name, make] of Object.entries(optimizers)) {
    it(`${name} finds the bottom of a bowl`, () => {
      const p = Matrix.from([[3, -2]]);
      const optimizer = make(name === "Adagrad" ? 1 : 0.05);
      for (let step = 0; step < 500; step++)
        optimizer.update({ p }, { p: p.sub(Matrix.from([[1, 1]])).mul(Matrix.from([[2, 1]])) });
      expect(p.equals(Matrix.ones(1, 2), 1e-3)).toBe(true);
    });
    it(`${name} names a gradient that is missing or has another shape, and a learning rate that can't be`, () => {
      const optimizer = make(0.1);
      const p = Matrix.zeros(1, 2);
      expect(() => optimizer.update({ p }, { q: p })).toThrow(
        new RangeError(`${name}.update: grads: expected p, got q`),
      );
      expect(() => optimizer.update({ p }, { p: Matrix.zeros(2, 1) })).toThrow(
        new RangeError(`${name}.update: grads.p: expected [rows=1, cols=2], got [2, 1]`),
      );
      expect(() => make(0)).toThrow(
        new RangeError(`${name}: learningRate: expected a finite number > 0, got 0`),
      );
    });
    it(`${name} follows a schedule: the learning rate of the moment counts`, () => {
      const step = (scheduled: boolean) => {
        const p = Matrix.zeros(1, 1);
        const optimizer = make(scheduled ? 1 : 0.5);
        optimizer.learningRate = 0.5;
        optimizer.update({ p }, { p: Matrix.ones(1, 1) });
        return p.at(0, 0);
      };
      expect(step(true)).toBe(step(false));
    });
    it(`${name} gives out a copy of its memory`, () => {
      const optimizer = make(0.1);
      const p = Matrix.zeros(1, 1);
      optimizer.update({ p }, { p: Matrix.ones(1, 1) });
      const saved = optimizer.save();
      const before = JSON.stringify(saved);
      optimizer.update({ p }, { p: Matrix.ones(1, 1) });
      expect(JSON.stringify(saved)).toBe(before);
      expect(JSON.stringify(optimizer.save())).not.toBe(before);
    });
  }
  it("names a parameter that has changed its size", () => {
    const optimizer = new Adam();
    optimizer.update({ p: Matrix.zeros(1, 2) }, { p: Matrix.zeros(1, 2) });
    expect(() => optimizer.update({ p: Matrix.zeros(1, 3) }, { p: Matrix.zeros(1, 3) })).toThrow(
      new RangeError("optimizer: p: expected 2 entries as before, got 3"),
    );
  });
});
