import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { type Content, type Header, type Json, type Message, PROTOCOL_VERSION } from "./protocol";

const DELIMITER = Buffer.from("<IDS|MSG>");
const REQUIRED_FRAMES = 5;
/** How many signatures are remembered, as in jupyter_client: an older message could be sent again unnoticed. */
const REMEMBERED = 1 << 16;

/** Why a message from the wire was refused: frames, delimiter, signature, a second time, or JSON. */
export class WireError extends Error {
  override readonly name = "WireError";
}

/** Turns messages into signed ZeroMQ frames and back: identities, `<IDS|MSG>`, HMAC, four JSON parts, buffers. */
export type Wire = {
  /** Frames of a message, ready to send. */
  serialize(message: Message<Content>): Buffer[];
  /** The message in these frames. Throws WireError on wrong frames, signature or JSON, and where it came before. */
  parse(frames: readonly Buffer[]): Message;
};

/**
 * The wire format of a connection.
 * @param key shared secret of the connection file; an empty one switches signatures off, as the protocol says
 * @param scheme "hmac-sha256" or another hash that Node knows, after "hmac-"
 */
export function openWire(key: string, scheme = "hmac-sha256"): Wire {
  const hash = scheme.replace(/^hmac-/, "");
  const seen = new Set<string>();
  const sign = (parts: readonly Buffer[]): Buffer => {
    if (key === "") return Buffer.alloc(0);
    const hmac = createHmac(hash, key);
    for (const part of parts) hmac.update(part);
    return Buffer.from(hmac.digest("hex"));
  };

  return {
    serialize({ identities, header, parent_header, metadata, content, buffers }) {
      const parts = [header, parent_header, metadata, content].map(toBytes);
      return [...identities, DELIMITER, sign(parts), ...parts, ...buffers];
    },

    parse(frames) {
      const delimiter = frames.findIndex((frame) => frame.equals(DELIMITER));
      if (delimiter < 0) throw new WireError(`no ${DELIMITER} frame among ${frames.length}`);
      const [signature, ...parts] = frames.slice(delimiter + 1, delimiter + 1 + REQUIRED_FRAMES);
      if (signature === undefined || parts.length !== REQUIRED_FRAMES - 1)
        throw new WireError(
          `expected ${REQUIRED_FRAMES} frames after ${DELIMITER}, got ${frames.length - delimiter - 1}`,
        );
      if (key !== "") {
        const expected = sign(parts);
        if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
          throw new WireError("wrong signature");
        remember(seen, signature.toString("latin1"));
      }
      const [header, parent_header, metadata, content] = parts.map(parseObject);
      checkHeader(header!);
      return {
        identities: frames.slice(0, delimiter),
        header: header as Header,
        parent_header: parent_header as Partial<Header>,
        metadata: metadata!,
        content: content!,
        buffers: frames.slice(delimiter + 1 + REQUIRED_FRAMES),
      };
    },
  };
}

/** A new header, with an identity of its own. `session` names the side that sends. */
export function newHeader(msgType: string, session: string, username = "kernel"): Header {
  return {
    msg_id: randomUUID(),
    msg_type: msgType,
    session,
    username,
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
}

/** Every message has an id of its own and so a signature of its own: the same one again is a copy. */
function remember(seen: Set<string>, signature: string): void {
  if (seen.has(signature)) throw new WireError("sent before: its signature is that of an earlier message");
  seen.add(signature);
  if (seen.size > REMEMBERED) seen.delete(seen.values().next().value!);
}

/** A reply repeats the header, so it has to be one that can be written again: plain values only. */
function checkHeader(header: Json): void {
  for (const field of ["msg_id", "msg_type"])
    if (typeof header[field] !== "string") throw new WireError(`header: ${field}: expected a string`);
  for (const [field, value] of Object.entries(header))
    if (typeof value === "object" && value !== null)
      throw new WireError(`header: ${field}: expected a string, got an object or array`);
}

function toBytes(part: Content): Buffer {
  return part instanceof Uint8Array
    ? Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    : Buffer.from(JSON.stringify(part));
}

function parseObject(part: Buffer, index: number): Json {
  const name = ["header", "parent_header", "metadata", "content"][index];
  let value: unknown;
  try {
    value = JSON.parse(part.toString("utf8"));
  } catch (error) {
    throw new WireError(`${name}: not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new WireError(`${name}: expected a JSON object, got ${part.toString("utf8", 0, 40)}`);
  return value as Json;
}
