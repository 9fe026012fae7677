/** The functions that kernel-lib/wasm exports; addresses in bytes, counts in floats. See there for what each does. */
export interface Kernels {
  packPanels(b: number, ldb: number, k: number, n: number, out: number): void;
  packTransposedPanels(b: number, ldb: number, k: number, n: number, out: number): void;
  gemm(
    a: number,
    rowStride: number,
    stepStride: number,
    panels: number,
    c: number,
    ldc: number,
    m: number,
    n: number,
    k: number,
    accumulate: number,
  ): void;
  lstmForward(...addressesThenRowsAndWidth: number[]): void;
  lstmBackward(...addressesThenRowsAndWidth: number[]): void;
  gruGates(...addressesThenRowsAndWidth: number[]): void;
  gruOutput(...addressesThenRowsAndWidth: number[]): void;
  gruOutputBackward(...addressesThenRowsAndWidth: number[]): void;
  gruGatesBackward(...addressesThenRowsAndWidth: number[]): void;
  gruResetAfterForward(...addressesThenRowsAndWidth: number[]): void;
  gruResetAfterBackward(...addressesThenRowsAndWidth: number[]): void;
  rnnForward(...addressesThenRowsAndWidth: number[]): void;
  rnnBackward(...addressesThenRowsAndWidth: number[]): void;
  clear(address: number, floats: number): void;
  broadcastRow(row: number, out: number, rows: number, width: number): void;
  sumRows(a: number, ld: number, rows: number, width: number, out: number): void;
  sumProducts(
    a: number,
    lda: number,
    b: number,
    ldb: number,
    rows: number,
    width: number,
    out: number,
  ): void;
  softmaxCrossEntropy(
    logits: number,
    targets: number,
    losses: number,
    rows: number,
    classes: number,
    width: number,
    scale: number,
  ): void;
  gatherRows(table: number, indices: number, out: number, rows: number, width: number): void;
  scatterAddRows(
    grads: number,
    indices: number,
    table: number,
    rows: number,
    width: number,
    from: number,
    to: number,
  ): void;
  adam(
    p: number,
    g: number,
    m: number,
    v: number,
    n: number,
    rate: number,
    oneMinusBeta1: number,
    oneMinusBeta2: number,
    epsilon: number,
    clip: number,
  ): void;
}
