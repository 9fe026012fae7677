import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { Matrix } from "../../src/math/matrix";

export type Rows = number[][];
export type Named<T> = Record<string, T>;

/** A file of scripts/make-golden.py. */
export function golden<T>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, `${name}.json`), "utf8")) as T;
}

export const sequence = (steps: Rows[]): Matrix[] => steps.map((rows) => Matrix.from(rows));
export const matrices = <S>(named: Named<Rows>): S =>
  Object.fromEntries(Object.entries(named).map(([name, rows]) => [name, Matrix.from(rows)])) as S;

const flatten = (value: unknown): number[] =>
  typeof value === "number"
    ? [value]
    : value instanceof Matrix
      ? Array.from(value.data)
      : Object.values(value as object).flatMap(flatten);

/** Equal to `digits` decimals, number by number, whatever holds the numbers. */
export function expectClose(actual: unknown, expected: unknown, digits = 12): void {
  const [got, want] = [flatten(actual), flatten(expected)];
  expect(got.length).toBe(want.length);
  expect(want.length).toBeGreaterThan(0);
  const worst = want.reduce((w, v, i) => Math.max(w, Math.abs(v - got[i])), 0);
  expect(worst).toBeLessThan(0.5 * 10 ** -digits);
}
