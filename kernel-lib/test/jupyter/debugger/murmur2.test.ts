import { expect, test } from "vitest";
import { murmur2 } from "../../../src/jupyter/debugger/murmur2";

const SEED = 0xc70f6907;

// The numbers are those of ipykernel 7.4.0: `from ipykernel.compiler import murmur2_x86; murmur2_x86(text, 0xC70F6907)`.
test.each([
  ["", 3990065800],
  ["a", 2167009006],
  ["ab", 2805137849],
  ["abc", 3350977461],
  ["1 + 1", 2359671083],
  ["let x = 1;\nx + 1", 1337468207],
  ['const σ = "नमस्ते"; // 🙂', 3300355797],
  ["x".repeat(1000), 2976633443],
])("%j has the hash that Jupyter's front ends compute", (text, hash) => {
  expect(murmur2(text, SEED)).toBe(hash);
});
