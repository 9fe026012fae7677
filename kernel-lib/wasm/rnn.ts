import { dTanh4, tanh4 } from "./activations";

/** h' = tanh(z), z = x·kernel + h·recurrentKernel + bias [rows, width]; a masked row keeps h. */
export function rnnForward(z: usize, h: usize, hNext: usize, mask: usize, rows: i32, width: i32): void {
  const row = <usize>width << 2;
  for (let r: i32 = 0; r < rows; r++) {
    if (mask && load<f32>(mask + (<usize>r << 2)) == 0) memory.copy(hNext, h, row);
    else for (let j: usize = 0; j < row; j += 16) v128.store(hNext + j, tanh4(v128.load(z + j)));
    z += row; h += row; hNext += row;
  }
}

/** That step backwards: dz, and dh = what goes straight to the state before (0, or all of it in a masked row). */
export function rnnBackward(hNext: usize, dy: usize, dh: usize, dz: usize, mask: usize, rows: i32, width: i32): void {
  const row = <usize>width << 2;
  const zero = f32x4.splat(0);
  for (let r: i32 = 0; r < rows; r++) {
    const masked = mask && load<f32>(mask + (<usize>r << 2)) == 0;
    for (let j: usize = 0; j < row; j += 16) {
      const d = f32x4.add(v128.load(dh + j), v128.load(dy + j));
      v128.store(dz + j, masked ? zero : f32x4.mul(d, dTanh4(v128.load(hNext + j))));
      v128.store(dh + j, masked ? d : zero);
    }
    hNext += row; dy += row; dh += row; dz += row;
  }
}
