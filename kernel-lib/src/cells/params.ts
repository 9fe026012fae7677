import { Matrix } from "../math/matrix";
import type { Params } from "./cell";

/** Zeros of the same names and shapes. */
export function zerosLike(params: Params): Params {
  return Object.fromEntries(Object.entries(params).map(([name, m]) => [name, Matrix.zeros(m.rows, m.cols)]));
}

/** total += share, in place, name by name. */
export function accumulate(total: Params, share: Params): void {
  for (const name in total) {
    const { data } = total[name];
    const added = share[name].data;
    for (let i = 0; i < data.length; i++) data[i] += added[i];
  }
}

/**
 * The parameters (or the gradients) of several parts as one, for an optimizer or a clip. The matrices are shared,
 * not copied: `joinParams({ cell: cell.params, head: head.params })` has the names `cell.kernel`, `head.bias`, …
 */
export function joinParams(parts: Record<string, Params>): Params {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, params]) =>
      Object.entries(params).map(([name, m]) => [`${part}.${name}`, m]),
    ),
  );
}
