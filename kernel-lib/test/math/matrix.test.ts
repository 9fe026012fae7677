import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/math/matrix";
import { normal, rng } from "../../src/math/random";

const a = Matrix.from([
  [1, 2, 3],
  [4, 5, 6],
]);
const b = Matrix.from([
  [1, 0],
  [2, -1],
  [0, 3],
]);
/** The textbook sum, one product at a time. */
const product = (x: Matrix, y: Matrix): number[][] =>
  x.toArray().map((row) => y.T.toArray().map((col) => row.reduce((sum, v, k) => sum + v * col[k], 0)));
const sizes = fc.integer({ min: 1, max: 9 });

describe("Matrix", () => {
  it("multiplies, by hand", () => {
    expect(a.matmul(b).toArray()).toEqual([
      [5, 7],
      [14, 13],
    ]);
  });
  it("multiplies any sizes as the textbook does, also by and from a transpose", () => {
    fc.assert(
      fc.property(fc.integer(), sizes, sizes, sizes, (seed, m, k, n) => {
        const random = rng(seed);
        const [x, y] = [normal(random, m, k), normal(random, k, n)];
        const want = Matrix.from(product(x, y));
        expect(x.matmul(y).equals(want, 1e-12)).toBe(true);
        expect(x.matmulTranspose(y.T).equals(want, 1e-12)).toBe(true);
        expect(x.T.transposeMatmul(y).equals(want, 1e-12)).toBe(true);
      }),
    );
  });
  it("multiplies one-hot rows into rows of the other matrix, exactly", () => {
    const y = normal(rng(1), 7, 3);
    const oneHot = Matrix.from(
      [3, 6, 0].map((hot) => Array.from({ length: 7 }, (_, k) => (k === hot ? 1 : 0))),
    );
    expect(oneHot.matmul(y)).toEqual(Matrix.concatRows([y.row(3), y.row(6), y.row(0)]));
  });
  it("adds, subtracts, multiplies elementwise and scales", () => {
    const c = Matrix.from([
      [1, -1, 0],
      [2, 0.5, 1],
    ]);
    expect(a.add(c).toArray()).toEqual([
      [2, 1, 3],
      [6, 5.5, 7],
    ]);
    expect(a.sub(c).toArray()).toEqual([
      [0, 3, 3],
      [2, 4.5, 5],
    ]);
    expect(a.mul(c).toArray()).toEqual([
      [1, -2, 0],
      [8, 2.5, 6],
    ]);
    expect(a.scale(2).toArray()).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ]);
  });
  it("adds a row to, and multiplies it into, every row", () => {
    const row = Matrix.from([[1, 0, -1]]);
    expect(a.addRow(row).toArray()).toEqual([
      [2, 2, 2],
      [5, 5, 5],
    ]);
    expect(a.mulRow(row).toArray()).toEqual([
      [1, 0, -3],
      [4, 0, -6],
    ]);
  });
  it("sums: its rows, all, the inner product, the norm", () => {
    expect(a.sumRows().toArray()).toEqual([[5, 7, 9]]);
    expect(a.sum()).toBe(21);
    expect(a.dot(a)).toBe(91);
    expect(a.norm).toBe(Math.sqrt(91));
  });
  it("concatenates what it splits, and splits what it concatenates", () => {
    const m = normal(rng(2), 4, 6);
    expect(Matrix.concatColumns(m.splitColumns(3))).toEqual(m);
    expect(Matrix.concatRows(m.splitRows(2))).toEqual(m);
    expect(m.splitColumns(3)[1]).toEqual(m.sliceColumns(2, 4));
    expect(m.splitRows(2)[1]).toEqual(m.sliceRows(2, 4));
  });
  it("goes to arrays and back, and is read by row and by entry", () => {
    expect(Matrix.from(a.toArray())).toEqual(a);
    expect(a.row(1).toArray()).toEqual([[4, 5, 6]]);
    expect(a.at(1, 2)).toBe(6);
    expect(a.T.T).toEqual(a);
    expect(a.T.at(2, 1)).toBe(6);
  });
  it("makes identities, diagonals and constants", () => {
    expect(a.matmul(Matrix.identity(3))).toEqual(a);
    expect(Matrix.diagonal([2, 3])).toEqual(
      Matrix.from([
        [2, 0],
        [0, 3],
      ]),
    );
    expect(Matrix.full(1, 2, 7)).toEqual(Matrix.from([[7, 7]]));
  });
  it("copies: no operation writes to its operands", () => {
    const before = a.toArray();
    const copy = a.clone();
    copy.data[0] = 99;
    a.row(0).data[0] = 99;
    a.map((v) => v + 1);
    expect(a.toArray()).toEqual(before);
  });
  it("equals only what has its shape and is as near as the tolerance", () => {
    expect(a.equals(a.map((v) => v + 1e-9))).toBe(false);
    expect(
      a.equals(
        a.map((v) => v + 1e-9),
        1e-8,
      ),
    ).toBe(true);
    expect(a.equals(a.T, 100)).toBe(false);
    expect(
      a.equals(
        a.map(() => Number.NaN),
        100,
      ),
    ).toBe(false);
  });

  const wrong: [string, () => unknown, string][] = [
    ["matmul", () => a.matmul(a), "Matrix.matmul: b: expected [rows=3, cols=3], got [2, 3]"],
    [
      "matmulTranspose",
      () => a.matmulTranspose(b),
      "Matrix.matmulTranspose: b: expected [rows=3, cols=3], got [3, 2]",
    ],
    [
      "transposeMatmul",
      () => a.transposeMatmul(b),
      "Matrix.transposeMatmul: b: expected [rows=2, cols=2], got [3, 2]",
    ],
    ["add", () => a.add(b), "Matrix.add: b: expected [rows=2, cols=3], got [3, 2]"],
    ["sub", () => a.sub(b), "Matrix.sub: b: expected [rows=2, cols=3], got [3, 2]"],
    ["mul", () => a.mul(b), "Matrix.mul: b: expected [rows=2, cols=3], got [3, 2]"],
    ["dot", () => a.dot(b), "Matrix.dot: b: expected [rows=2, cols=3], got [3, 2]"],
    ["addRow", () => a.addRow(b), "Matrix.addRow: b: expected [rows=1, cols=3], got [3, 2]"],
    ["mulRow", () => a.mulRow(b), "Matrix.mulRow: b: expected [rows=1, cols=3], got [3, 2]"],
    [
      "concatColumns",
      () => Matrix.concatColumns([a, b]),
      "Matrix.concatColumns: block: expected [rows=2, cols=2], got [3, 2]",
    ],
    [
      "concatRows",
      () => Matrix.concatRows([a, b]),
      "Matrix.concatRows: block: expected [rows=3, cols=3], got [3, 2]",
    ],
    ["splitColumns", () => a.splitColumns(2), "Matrix.splitColumns: cols: expected a multiple of 2, got 3"],
    ["splitRows", () => b.splitRows(2), "Matrix.splitRows: rows: expected a multiple of 2, got 3"],
    ["from", () => Matrix.from([[1, 2], [3]]), "Matrix.from: row 1: expected cols=2, got 1"],
    [
      "the constructor",
      () => new Matrix(2, 2, new Float64Array(3)),
      "Matrix: data: expected rows × cols=4, got 3",
    ],
  ];
  for (const [method, act, message] of wrong)
    it(`${method} names what has the wrong shape`, () => {
      expect(act).toThrow(new RangeError(message));
    });
});
