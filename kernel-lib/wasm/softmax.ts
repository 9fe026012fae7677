import { exp4, logarithm } from "./exponential";

/**
 * Softmax and cross-entropy of each row, fused: `logits` [rows, width] (columns ≥ classes hold anything) becomes
 * ∂L/∂logits = scale·(softmax − onehot(target)), and losses[r] = −ln softmax[target]. A row whose target is negative
 * does not count: its gradient and its loss are 0.
 */
export function softmaxCrossEntropy(
  logits: usize, targets: usize, losses: usize, rows: i32, classes: i32, width: i32, scale: f32,
): void {
  const bytes = <usize>width << 2;
  for (let r: i32 = 0; r < rows; r++, logits += bytes) {
    const target = load<i32>(targets + (<usize>r << 2));
    if (target < 0) {
      memory.fill(logits, 0, bytes);
      store<f32>(losses + (<usize>r << 2), 0);
      continue;
    }
    const z = load<f32>(logits + (<usize>target << 2));
    let max = load<f32>(logits);
    for (let j: i32 = 1; j < classes; j++) max = f32.max(max, load<f32>(logits + (<usize>j << 2)));
    let sum4 = f32x4.splat(0);
    const shift = f32x4.splat(max);
    for (let j: usize = 0; j < bytes; j += 16) {
      const e = exp4(f32x4.sub(v128.load(logits + j), shift));
      v128.store(logits + j, e);
    }
    for (let j: i32 = classes; j < width; j++) store<f32>(logits + (<usize>j << 2), 0);
    for (let j: usize = 0; j < bytes; j += 16) sum4 = f32x4.add(sum4, v128.load(logits + j));
    const sum = f32x4.extract_lane(sum4, 0) + f32x4.extract_lane(sum4, 1) + (f32x4.extract_lane(sum4, 2) + f32x4.extract_lane(sum4, 3));
    const factor = f32x4.splat(scale / sum);
    for (let j: usize = 0; j < bytes; j += 16) v128.store(logits + j, f32x4.mul(factor, v128.load(logits + j)));
    const at = logits + (<usize>target << 2);
    store<f32>(at, load<f32>(at) - scale);
    store<f32>(losses + (<usize>r << 2), logarithm(sum) + max - z);
  }
}
