import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { type Header, type Json, type Message, PROTOCOL_VERSION } from "./protocol";

const DELIMITER = Buffer.from("<IDS|MSG>");
const REQUIRED_FRAMES = 5;

/** Why a message from the wire was refused: frames, delimiter, signature or JSON. */
export class WireError extends Error {
  override readonly name = "WireError";
}

/** Turns messages into signed ZeroMQ frames and back: identities, `<IDS|MSG>`, HMAC, four JSON parts, buffers. */
export type Wire = {
  /** Frames of a message, ready to send. */
  serialize(message: Message): Buffer[];
  /** The message in these frames. Throws WireError on wrong frames, signature or JSON. */
  parse(frames: readonly Buffer[]): Message;
};

/**
 * The wire format of a connection.
 * @param key shared secret of the connection file; an empty one switches signatures off, as the protocol says
 * @param scheme "hmac-sha256" or another hash that Node knows, after "hmac-"
 */
export function openWire(key: string, scheme = "hmac-sha256"): Wire {
  const hash = scheme.replace(/^hmac-/, "");
  const sign = (parts: readonly Buffer[]): Buffer => {
    if (key === "") return Buffer.alloc(0);
    const hmac = createHmac(hash, key);
    for (const part of parts) hmac.update(part);
    return Buffer.from(hmac.digest("hex"));
  };

  return {
    serialize({ identities, header, parent_header, metadata, content, buffers }) {
      const parts = [header, parent_header, metadata, content].map((part) =>
        Buffer.from(JSON.stringify(part)),
      );
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
      const expected = sign(parts);
      if (key !== "" && !(signature.length === expected.length && timingSafeEqual(signature, expected)))
        throw new WireError("wrong signature");
      const [header, parent_header, metadata, content] = parts.map(parseObject);
      for (const field of ["msg_id", "msg_type"])
        if (typeof header![field] !== "string") throw new WireError(`header: ${field}: expected a string`);
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

function parseObject(part: Buffer, index: number): Json {
  const name = ["header", "parent_header", "metadata", "content"][index];
  let value: unknown;
  try {
    value = JSON.parse(part.toString("utf8"));
  } catch (error) {
    throw new WireError(`${name}: not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new WireError(`${name}: expected a JSON object, got ${JSON.stringify(value)?.slice(0, 40)}`);
  return value as Json;
}
