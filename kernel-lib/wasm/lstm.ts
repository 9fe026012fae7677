import { dSigmoid4, dTanh4, sigmoid4, tanh4 } from "./activations";

/**
 * One step of an LSTM for `rows` rows, after z = x·kernel + h·recurrentKernel + bias is in `z` [rows, 4·width]:
 *   [i f g o] = σ, σ, tanh, σ of z (in place)    c' = f ⊙ c + i ⊙ g    h' = o ⊙ tanh(c')
 * `peephole` [3, width] holds p_i, p_f, p_o (0: none): i and f also see p ⊙ c, o sees p_o ⊙ c'.
 * `mask` [rows] (0: none): a row whose entry is 0 keeps its state, and its gates are left at 0.
 */
export function lstmForward(
  z: usize, c: usize, h: usize, cNext: usize, hNext: usize, tanhC: usize,
  peephole: usize, mask: usize, rows: i32, width: i32,
): void {
  const gate = <usize>width << 2;
  for (let r: i32 = 0; r < rows; r++) {
    if (mask && load<f32>(mask + (<usize>r << 2)) == 0) {
      memory.fill(z, 0, gate << 2);
      memory.copy(cNext, c, gate);
      memory.copy(hNext, h, gate);
      memory.fill(tanhC, 0, gate);
    } else {
      for (let j: usize = 0; j < gate; j += 16) {
        const before = v128.load(c + j);
        let zi = v128.load(z + j), zf = v128.load(z + j + gate), zo = v128.load(z + j + 3 * gate);
        if (peephole) {
          zi = f32x4.add(zi, f32x4.mul(before, v128.load(peephole + j)));
          zf = f32x4.add(zf, f32x4.mul(before, v128.load(peephole + j + gate)));
        }
        const i = sigmoid4(zi), f = sigmoid4(zf), g = tanh4(v128.load(z + j + 2 * gate));
        const after = f32x4.add(f32x4.mul(f, before), f32x4.mul(i, g));
        if (peephole) zo = f32x4.add(zo, f32x4.mul(after, v128.load(peephole + j + 2 * gate)));
        const o = sigmoid4(zo), t = tanh4(after);
        v128.store(z + j, i);
        v128.store(z + j + gate, f);
        v128.store(z + j + 2 * gate, g);
        v128.store(z + j + 3 * gate, o);
        v128.store(cNext + j, after);
        v128.store(tanhC + j, t);
        v128.store(hNext + j, f32x4.mul(o, t));
      }
    }
    z += 4 * gate; c += gate; h += gate; cNext += gate; hNext += gate; tanhC += gate;
  }
}

/**
 * The step backwards. In: gates [rows, 4·width], dh and dc = ∂L/∂(the state after the step), dy = ∂L/∂(its output).
 * Out: dz [rows, 4·width]; dc = ∂L/∂c; dh = what reaches the state before the step without passing a gate (0, or all
 * of it in a masked row), to which the caller adds dz·recurrentKernelᵀ.
 */
export function lstmBackward(
  gates: usize, c: usize, tanhC: usize, dy: usize, dh: usize, dc: usize, dz: usize,
  peephole: usize, mask: usize, rows: i32, width: i32,
): void {
  const gate = <usize>width << 2;
  const zero = f32x4.splat(0);
  for (let r: i32 = 0; r < rows; r++) {
    const masked = mask && load<f32>(mask + (<usize>r << 2)) == 0;
    if (masked) memory.fill(dz, 0, gate << 2);
    for (let j: usize = 0; j < gate; j += 16) {
      const d = f32x4.add(v128.load(dh + j), v128.load(dy + j));
      if (masked) { v128.store(dh + j, d); continue; }
      const i = v128.load(gates + j), f = v128.load(gates + j + gate), g = v128.load(gates + j + 2 * gate);
      const o = v128.load(gates + j + 3 * gate), t = v128.load(tanhC + j), before = v128.load(c + j);
      const dzo = f32x4.mul(f32x4.mul(d, t), dSigmoid4(o));
      let dAfter = f32x4.add(v128.load(dc + j), f32x4.mul(f32x4.mul(d, o), dTanh4(t)));
      if (peephole) dAfter = f32x4.add(dAfter, f32x4.mul(dzo, v128.load(peephole + j + 2 * gate)));
      const dzi = f32x4.mul(f32x4.mul(dAfter, g), dSigmoid4(i));
      const dzf = f32x4.mul(f32x4.mul(dAfter, before), dSigmoid4(f));
      let dBefore = f32x4.mul(dAfter, f);
      if (peephole)
        dBefore = f32x4.add(dBefore, f32x4.add(f32x4.mul(dzi, v128.load(peephole + j)), f32x4.mul(dzf, v128.load(peephole + j + gate))));
      v128.store(dz + j, dzi);
      v128.store(dz + j + gate, dzf);
      v128.store(dz + j + 2 * gate, f32x4.mul(f32x4.mul(dAfter, i), dTanh4(g)));
      v128.store(dz + j + 3 * gate, dzo);
      v128.store(dc + j, dBefore);
      v128.store(dh + j, zero);
    }
    gates += 4 * gate; dz += 4 * gate; c += gate; tanhC += gate; dy += gate; dh += gate; dc += gate;
  }
}
