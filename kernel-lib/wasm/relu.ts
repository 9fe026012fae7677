/** y = max(0, y) in place, `floats` floats, a multiple of 4. */
export function relu(y: usize, floats: i32): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0, end = <usize>floats << 2; i < end; i += 16)
    v128.store(y + i, f32x4.max(v128.load(y + i), zero));
}

/** dy = dy where relu's output y is positive, else 0, in place. */
export function reluBackward(y: usize, dy: usize, floats: i32): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0, end = <usize>floats << 2; i < end; i += 16)
    v128.store(dy + i, v128.and(v128.load(dy + i), f32x4.gt(v128.load(y + i), zero)));
}
