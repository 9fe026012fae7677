/** out[r] = table[indices[r]]: `rows` rows of `width` floats. */
export function gatherRows(table: usize, indices: usize, out: usize, rows: i32, width: i32): void {
  const bytes = <usize>width << 2;
  for (let r: i32 = 0; r < rows; r++, out += bytes)
    memory.copy(out, table + <usize>load<i32>(indices + (<usize>r << 2)) * bytes, bytes);
}

/** table[indices[r]] += rows[r] in order of r, for the columns [from, to) of rows `width` floats long (multiples of 4). */
export function scatterAddRows(grads: usize, indices: usize, table: usize, rows: i32, width: i32, from: i32, to: i32): void {
  const bytes = <usize>width << 2;
  for (let r: i32 = 0; r < rows; r++) {
    const row = table + <usize>load<i32>(indices + (<usize>r << 2)) * bytes;
    const grad = grads + <usize>r * bytes;
    for (let j = <usize>from << 2; j < <usize>to << 2; j += 16)
      v128.store(row + j, f32x4.add(v128.load(row + j), v128.load(grad + j)));
  }
}
