import type { Matrix } from "../math/matrix";
import { assertShape } from "../math/shape";
import type { State } from "./cell";

/** Checks parameters packed as `gates` blocks of `units` columns. @throws RangeError with the cell's name */
export function assertKernels(
  cell: string,
  gates: number,
  { kernel, recurrentKernel, bias }: { kernel: Matrix; recurrentKernel: Matrix; bias: Matrix },
): void {
  const units = recurrentKernel.rows;
  const width = { [gates === 1 ? "units" : `${gates}·units`]: gates * units };
  assertShape(`${cell}: recurrentKernel`, recurrentKernel, { rows: units, ...width });
  assertShape(`${cell}: kernel`, kernel, { inputSize: kernel.rows, ...width });
  assertShape(`${cell}: bias`, bias, { rows: 1, ...width });
}

/** Checks what a step is given: x [batch, inputSize] and every part of the state [batch, units]. */
export function assertStep(
  cell: string,
  { inputSize, units }: { inputSize: number; units: number },
  x: Matrix,
  state: State,
): void {
  const batch = state.h.rows;
  assertShape(`${cell}.forward: x`, x, { batch, inputSize });
  for (const name in state) assertShape(`${cell}.forward: ${name}`, state[name], { batch, units });
}
