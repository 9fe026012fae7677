import { dSigmoid4, dTanh4, sigmoid4, tanh4 } from "./activations";

/**
 * Gates of a GRU whose reset comes before the recurrent product, after x·kernel + bias + h·[U_z U_r] is in `a`
 * [rows, 3·width]: z and r in place, and `reset` = r ⊙ h, from which the caller adds reset·U_h to the candidate.
 */
export function gruGates(a: usize, h: usize, reset: usize, rows: i32, width: i32): void {
  const gate = <usize>width << 2;
  for (let r: i32 = 0; r < rows; r++) {
    for (let j: usize = 0; j < gate; j += 16) {
      const rt = sigmoid4(v128.load(a + j + gate));
      v128.store(a + j, sigmoid4(v128.load(a + j)));
      v128.store(a + j + gate, rt);
      v128.store(reset + j, f32x4.mul(rt, v128.load(h + j)));
    }
    a += 3 * gate; h += gate; reset += gate;
  }
}

/** The rest of that step: hTilde = tanh of the candidate (in place), h' = z ⊙ h + (1 − z) ⊙ hTilde. */
export function gruOutput(a: usize, h: usize, hNext: usize, mask: usize, rows: i32, width: i32): void {
  const gate = <usize>width << 2;
  for (let r: i32 = 0; r < rows; r++) {
    const masked = mask && load<f32>(mask + (<usize>r << 2)) == 0;
    for (let j: usize = 0; j < gate; j += 16) {
      const n = tanh4(v128.load(a + j + 2 * gate)), before = v128.load(h + j);
      v128.store(a + j + 2 * gate, n);
      v128.store(hNext + j, masked ? before : f32x4.add(n, f32x4.mul(v128.load(a + j), f32x4.sub(before, n))));
    }
    a += 3 * gate; h += gate; hNext += gate;
  }
}

/**
 * Backwards through `gruOutput`: dz and the candidate's da_h into `da` [rows, 3·width]; dh = what goes straight to
 * the state before. The caller then puts da_h·U_hᵀ into `dReset` and calls `gruGatesBackward`.
 */
export function gruOutputBackward(
  a: usize, h: usize, dy: usize, dh: usize, da: usize, mask: usize, rows: i32, width: i32,
): void {
  const gate = <usize>width << 2;
  for (let r: i32 = 0; r < rows; r++) {
    const masked = mask && load<f32>(mask + (<usize>r << 2)) == 0;
    if (masked) memory.fill(da, 0, 3 * gate);
    for (let j: usize = 0; j < gate; j += 16) {
      const d = f32x4.add(v128.load(dh + j), v128.load(dy + j));
      if (masked) { v128.store(dh + j, d); continue; }
      const z = v128.load(a + j), n = v128.load(a + j + 2 * gate);
      v128.store(da + j, f32x4.mul(f32x4.mul(d, f32x4.sub(v128.load(h + j), n)), dSigmoid4(z)));
      v128.store(da + j + 2 * gate, f32x4.mul(f32x4.sub(d, f32x4.mul(d, z)), dTanh4(n)));
      v128.store(dh + j, f32x4.mul(d, z));
    }
    a += 3 * gate; h += gate; dy += gate; dh += gate; da += 3 * gate;
  }
}

/** Backwards through `gruGates`: da_r, and dh += dReset ⊙ r. A masked row has dReset = 0. */
export function gruGatesBackward(a: usize, h: usize, dReset: usize, dh: usize, da: usize, rows: i32, width: i32): void {
  const gate = <usize>width << 2;
  for (let r: i32 = 0; r < rows; r++) {
    for (let j: usize = 0; j < gate; j += 16) {
      const rt = v128.load(a + j + gate), d = v128.load(dReset + j);
      v128.store(da + j + gate, f32x4.mul(f32x4.mul(d, v128.load(h + j)), dSigmoid4(rt)));
      v128.store(dh + j, f32x4.add(v128.load(dh + j), f32x4.mul(d, rt)));
    }
    a += 3 * gate; h += gate; dReset += gate; dh += gate; da += 3 * gate;
  }
}

/**
 * A step whose reset comes after the product: `a` = x·kernel + bias, `u` = h·recurrentKernel + recurrentBias, both
 * [rows, 3·width]. z, r and hTilde end in `a`; the third block of `u` stays for the way back.
 */
export function gruResetAfterForward(
  a: usize, u: usize, h: usize, hNext: usize, mask: usize, rows: i32, width: i32,
): void {
  const gate = <usize>width << 2;
  for (let row: i32 = 0; row < rows; row++) {
    const masked = mask && load<f32>(mask + (<usize>row << 2)) == 0;
    for (let j: usize = 0; j < gate; j += 16) {
      const z = sigmoid4(f32x4.add(v128.load(a + j), v128.load(u + j)));
      const r = sigmoid4(f32x4.add(v128.load(a + j + gate), v128.load(u + j + gate)));
      const n = tanh4(f32x4.add(v128.load(a + j + 2 * gate), f32x4.mul(r, v128.load(u + j + 2 * gate))));
      const before = v128.load(h + j);
      v128.store(a + j, z);
      v128.store(a + j + gate, r);
      v128.store(a + j + 2 * gate, n);
      v128.store(hNext + j, masked ? before : f32x4.add(n, f32x4.mul(z, f32x4.sub(before, n))));
    }
    a += 3 * gate; u += 3 * gate; h += gate; hNext += gate;
  }
}

/** That step backwards: da = ∂L/∂a, du = ∂L/∂u (in place of u), dh = what goes straight to the state before. */
export function gruResetAfterBackward(
  a: usize, u: usize, h: usize, dy: usize, dh: usize, da: usize, mask: usize, rows: i32, width: i32,
): void {
  const gate = <usize>width << 2;
  for (let row: i32 = 0; row < rows; row++) {
    const masked = mask && load<f32>(mask + (<usize>row << 2)) == 0;
    if (masked) { memory.fill(da, 0, 3 * gate); memory.fill(u, 0, 3 * gate); }
    for (let j: usize = 0; j < gate; j += 16) {
      const d = f32x4.add(v128.load(dh + j), v128.load(dy + j));
      if (masked) { v128.store(dh + j, d); continue; }
      const z = v128.load(a + j), r = v128.load(a + j + gate), n = v128.load(a + j + 2 * gate);
      const dn = f32x4.mul(f32x4.sub(d, f32x4.mul(d, z)), dTanh4(n));
      const dz = f32x4.mul(f32x4.mul(d, f32x4.sub(v128.load(h + j), n)), dSigmoid4(z));
      const dr = f32x4.mul(f32x4.mul(dn, v128.load(u + j + 2 * gate)), dSigmoid4(r));
      v128.store(da + j, dz);
      v128.store(da + j + gate, dr);
      v128.store(da + j + 2 * gate, dn);
      v128.store(u + j, dz);
      v128.store(u + j + gate, dr);
      v128.store(u + j + 2 * gate, f32x4.mul(dn, r));
      v128.store(dh + j, f32x4.mul(d, z));
    }
    a += 3 * gate; u += 3 * gate; h += gate; dy += gate; dh += gate; da += 3 * gate;
  }
}
