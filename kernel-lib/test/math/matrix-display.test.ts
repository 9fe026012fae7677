import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/math/matrix";

const bundle = (m: Matrix): Record<string, string> =>
  (m as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]();

describe("A matrix shown", () => {
  const m = Matrix.from([
    [0.5, -0.25],
    [10, -0.00001],
  ]);
  it("as text has its shape and its values rounded, in columns, without −0", () => {
    expect(String(m)).toBe("Matrix [2, 2]\n   0.5000  -0.2500\n  10.0000   0.0000");
  });
  it("by console.log is the same text", () => {
    expect(inspect(m)).toBe(String(m));
    expect(inspect({ h: m })).toContain("Matrix [2, 2]");
  });
  it("writes whole numbers whole, tiny and huge ones scientifically, and NaN as it is", () => {
    expect(String(Matrix.from([[1, -2, 30]]))).toBe("Matrix [1, 3]\n   1  -2  30");
    expect(String(Matrix.from([[1e-7, -2e-9]]))).toBe("Matrix [1, 2]\n   1.000e-7  -2.000e-9");
    expect(String(Matrix.from([[1.5e9]]))).toBe("Matrix [1, 1]\n  1.500e+9");
    expect(String(Matrix.from([[Number.NaN, 0.5, Number.NEGATIVE_INFINITY]]))).toContain(
      "NaN     0.5000  -Infinity",
    );
  });
  it("leaves out the middle of a large one, in text and in HTML", () => {
    const large = Matrix.zeros(100, 40);
    expect(String(large).split("\n")).toHaveLength(12);
    expect(String(large)).toContain("…");
    expect(String(large)).toContain("⋮");
    expect(bundle(large)["text/html"].match(/<tr>/g)).toHaveLength(12);
    expect(bundle(large)["text/html"].match(/<td>/g)).toHaveLength(1 + 121);
  });
  it("in a notebook is text and an HTML table", () => {
    expect(bundle(Matrix.from([[1, 2]]))).toEqual({
      "text/plain": "Matrix [1, 2]\n  1  2",
      "text/html":
        '<div role="region" aria-label="Matrix [1, 2]" tabindex="0" style="overflow-x:auto"><table>' +
        '<caption style="text-align:left;white-space:nowrap">Matrix [1, 2]</caption>' +
        '<thead><tr><td></td><th scope="col">0</th><th scope="col">1</th></tr></thead>' +
        '<tbody><tr><th scope="row">0</th><td>1</td><td>2</td></tr></tbody></table></div>',
    });
  });
  it("may be empty", () => {
    expect(String(Matrix.zeros(0, 0))).toBe("Matrix [0, 0]");
  });
});
