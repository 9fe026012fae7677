import { exponential, logarithm } from "./exponential";

/** Σ_j (p − t)² / units of each row into `losses`; predictions become scale·2·(p − t) / units, the padding 0. */
export function squaredError(predictions: usize, targets: usize, losses: usize, rows: i32, units: i32, width: i32, scale: f32): void {
  for (let r: i32 = 0; r < rows; r++, predictions += <usize>width << 2, targets += <usize>width << 2) {
    let sum: f32 = 0;
    for (let j: usize = 0; j < <usize>units << 2; j += 4) {
      const d = load<f32>(predictions + j) - load<f32>(targets + j);
      sum += d * d;
      store<f32>(predictions + j, (2 * scale * d) / <f32>units);
    }
    for (let j = <usize>units << 2; j < <usize>width << 2; j += 4) store<f32>(predictions + j, 0);
    store<f32>(losses + (<usize>r << 2), sum / <f32>units);
  }
}

/**
 * Binary cross-entropy on logits z, max(z, 0) − z·t + ln(1 + e^−|z|), averaged over a row's units; the logits become
 * scale·(σ(z) − t) / units, the padding 0.
 */
export function logisticCrossEntropy(logits: usize, targets: usize, losses: usize, rows: i32, units: i32, width: i32, scale: f32): void {
  for (let r: i32 = 0; r < rows; r++, logits += <usize>width << 2, targets += <usize>width << 2) {
    let sum: f32 = 0;
    for (let j: usize = 0; j < <usize>units << 2; j += 4) {
      const z = load<f32>(logits + j), t = load<f32>(targets + j);
      const e = exponential(-abs<f32>(z));
      sum += max<f32>(z, 0) - z * t + logarithm(1 + e);
      const s: f32 = z >= 0 ? 1 / (1 + e) : e / (1 + e);
      store<f32>(logits + j, (scale * (s - t)) / <f32>units);
    }
    for (let j = <usize>units << 2; j < <usize>width << 2; j += 4) store<f32>(logits + j, 0);
    store<f32>(losses + (<usize>r << 2), sum / <f32>units);
  }
}
