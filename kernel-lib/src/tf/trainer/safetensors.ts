import { Buffer } from "node:buffer";

/** A tensor as numbers. */
export type StoredTensor = { readonly shape: readonly number[]; readonly data: Float32Array | Int32Array };

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;

/**
 * Tensors and text in one piece, in the safetensors format: the header's length in 8 bytes, the header as JSON, the
 * numbers in little-endian order. Python's `safetensors` reads it.
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, StoredTensor>>,
  metadata: Readonly<Record<string, string>>,
): Buffer {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const dtype = data instanceof Int32Array ? "I32" : "F32";
    header[name] = { dtype, shape, data_offsets: [offset, offset + data.byteLength] };
    parts.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    offset += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const aligned = Buffer.concat([json], Math.ceil(json.length / 8) * 8).fill(" ", json.length);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(aligned.length));
  return Buffer.concat([length, aligned, ...parts]);
}

/** The inverse of `encodeSafetensors`. @throws SyntaxError if `bytes` is not in the format */
export function decodeSafetensors(bytes: Buffer): {
  tensors: Record<string, StoredTensor>;
  metadata: Record<string, string>;
} {
  const start = bytes.length < 8 ? Number.NaN : 8 + Number(bytes.readBigUInt64LE());
  if (!(start <= bytes.length))
    throw new SyntaxError(
      `decodeSafetensors: bytes: expected a header of ${start} bytes, got ${bytes.length} in all`,
    );
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(
    bytes.toString("utf8", 8, start),
  ) as Header & {
    __metadata__?: Record<string, string>;
  };
  const tensors = Object.entries(entries as Header).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [from, to],
      },
    ]) => {
      const { buffer } = new Uint8Array(bytes.subarray(start + from, start + to));
      return [name, { shape, data: dtype === "I32" ? new Int32Array(buffer) : new Float32Array(buffer) }];
    },
  );
  return { tensors: Object.fromEntries(tensors), metadata: metadata as Record<string, string> };
}
