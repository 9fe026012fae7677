import { Matrix } from "../math/matrix";

/** How a bidirectional layer joins its two directions, and how the gradient parts again. */
export type Merge = {
  readonly forward: (ahead: Matrix, back: Matrix) => Matrix;
  readonly backward: (d: Matrix, ahead: Matrix, back: Matrix) => { dAhead: Matrix; dBack: Matrix };
};

/** Keras' merge modes; `concat` is the chapter's [h→ ; h←]. */
export const merges: Readonly<Record<"concat" | "sum" | "mul" | "ave", Merge>> = {
  concat: {
    forward: (ahead, back) => Matrix.concatColumns([ahead, back]),
    backward: (d, ahead) => ({
      dAhead: d.sliceColumns(0, ahead.cols),
      dBack: d.sliceColumns(ahead.cols, d.cols),
    }),
  },
  sum: {
    forward: (ahead, back) => ahead.add(back),
    backward: (d) => ({ dAhead: d, dBack: d }),
  },
  mul: {
    forward: (ahead, back) => ahead.mul(back),
    backward: (d, ahead, back) => ({ dAhead: d.mul(back), dBack: d.mul(ahead) }),
  },
  ave: {
    forward: (ahead, back) => ahead.add(back).scale(0.5),
    backward: (d) => ({ dAhead: d.scale(0.5), dBack: d.scale(0.5) }),
  },
};
