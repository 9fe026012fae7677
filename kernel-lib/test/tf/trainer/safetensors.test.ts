import { expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../../../src/tf/trainer/safetensors";

const tensors = {
  weights: { shape: [2, 2], data: Float32Array.of(1, -0, Number.NaN, 1e-45) },
  iterations: { shape: [], data: Int32Array.of(7) },
  none: { shape: [0], data: new Float32Array(0) },
};

it("tensors and text come back bit by bit", () => {
  const { tensors: read, metadata } = decodeSafetensors(encodeSafetensors(tensors, { note: "epoch ३" }));
  expect(read).toEqual(tensors);
  expect(Object.is(read.weights.data[1], -0)).toBe(true);
  expect(metadata).toEqual({ note: "epoch ३" });
});

it("the bytes are laid out as the format says", () => {
  const bytes = encodeSafetensors({ a: { shape: [1], data: Float32Array.of(1) } }, {});
  const length = Number(bytes.readBigUInt64LE());
  expect(length % 8).toBe(0);
  expect(JSON.parse(bytes.toString("utf8", 8, 8 + length))).toEqual({
    __metadata__: {},
    a: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
  });
  expect(bytes.readFloatLE(8 + length)).toBe(1);
});

it("refuses bytes that end within the header", () => {
  const bytes = encodeSafetensors(tensors, {});
  expect(() => decodeSafetensors(bytes.subarray(0, 20))).toThrow(
    "decodeSafetensors: bytes: expected a header of",
  );
  expect(() => decodeSafetensors(bytes.subarray(0, 3))).toThrow(
    "decodeSafetensors: bytes: expected a header of",
  );
});
