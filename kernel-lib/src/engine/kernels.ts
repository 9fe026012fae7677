/** The elementwise kernels of an engine, as kernel-lib/wasm documents them; addresses in bytes, counts in floats. */
export interface Kernels {
  lstmForward(
    z: number,
    c: number,
    h: number,
    cNext: number,
    hNext: number,
    tanhC: number,
    peephole: number,
    mask: number,
    rows: number,
    width: number,
  ): void;
  lstmBackward(
    gates: number,
    c: number,
    tanhC: number,
    dy: number,
    dh: number,
    dc: number,
    dz: number,
    peephole: number,
    mask: number,
    rows: number,
    width: number,
  ): void;
  gruGates(a: number, h: number, reset: number, rows: number, width: number): void;
  gruOutput(a: number, h: number, hNext: number, mask: number, rows: number, width: number): void;
  gruOutputBackward(
    a: number,
    h: number,
    dy: number,
    dh: number,
    da: number,
    mask: number,
    rows: number,
    width: number,
  ): void;
  gruGatesBackward(
    a: number,
    h: number,
    dReset: number,
    dh: number,
    da: number,
    rows: number,
    width: number,
  ): void;
  gruResetAfterForward(
    a: number,
    u: number,
    h: number,
    hNext: number,
    mask: number,
    rows: number,
    width: number,
  ): void;
  gruResetAfterBackward(
    a: number,
    u: number,
    h: number,
    dy: number,
    dh: number,
    da: number,
    mask: number,
    rows: number,
    width: number,
  ): void;
  rnnForward(z: number, h: number, hNext: number, mask: number, rows: number, width: number): void;
  rnnBackward(
    hNext: number,
    dy: number,
    dh: number,
    dz: number,
    mask: number,
    rows: number,
    width: number,
  ): void;
  clear(address: number, floats: number): void;
  broadcastRow(row: number, out: number, rows: number, width: number): void;
  sumRows(a: number, ld: number, rows: number, width: number, out: number): void;
  sumProducts(a: number, lda: number, b: number, ldb: number, rows: number, width: number, out: number): void;
  copyRows(
    from: number,
    fromStride: number,
    to: number,
    toStride: number,
    rows: number,
    floats: number,
  ): void;
  relu(y: number, floats: number): void;
  reluBackward(y: number, dy: number, floats: number): void;
  dropout(x: number, y: number, floats: number, first: number, seed: number, rate: number): void;
  softmaxCrossEntropy(
    logits: number,
    targets: number,
    losses: number,
    rows: number,
    classes: number,
    width: number,
    scale: number,
  ): void;
  squaredError(
    predictions: number,
    targets: number,
    losses: number,
    rows: number,
    units: number,
    width: number,
    scale: number,
  ): void;
  logisticCrossEntropy(
    logits: number,
    targets: number,
    losses: number,
    rows: number,
    units: number,
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
  adam(p: number, g: number, m: number, v: number, n: number, rates: number): void;
}
