import { createHmac, randomUUID } from "node:crypto";
import type { RequestChannel } from "../../../src/jupyter/client/channels";
import { integer, type Rng } from "../../../src/math/random";
import { chance, cut, pick } from "./random";
import { nested, strangeJson } from "./values";

/** A message for a socket of the kernel. */
export type FuzzedMessage = { channel: RequestChannel; frames: Buffer[] };

type Fields = Record<string, unknown>;
/** The parts of a message before they become JSON text, which may be replaced by any text. */
type Parts = { header: Fields; parent: Fields; metadata: Fields; content: Fields };

const code = "1 + 1";
/** What front ends ask, but for a shutdown, which would be obeyed. */
const REQUESTS: Record<string, Fields> = {
  execute_request: {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: false,
  },
  complete_request: { code: "Math.ma", cursor_pos: 7 },
  inspect_request: { code: "Math.max", cursor_pos: 6, detail_level: 0 },
  is_complete_request: { code: "for (;;) {" },
  history_request: {
    hist_access_type: "tail",
    output: false,
    raw: true,
    n: 3,
    session: 0,
    start: 0,
    stop: 9,
    pattern: "*",
    unique: true,
  },
  comm_info_request: { target_name: "jupyter.widget" },
  kernel_info_request: {},
  connect_request: {},
  interrupt_request: {},
  comm_open: { comm_id: "a", target_name: "jupyter.widget", data: {} },
  comm_msg: { comm_id: "a", data: { method: "update", state: {}, buffer_paths: [] } },
  comm_close: { comm_id: "a", data: {} },
  input_reply: { value: "text" },
};

/** A message of a client that was broken in one or several ways. It never asks for the kernel's end. */
export function fuzzedMessage(random: Rng, key: string): FuzzedMessage {
  const type = pick(random, Object.keys(REQUESTS));
  const header = {
    msg_id: chance(random, 3) ? "twice" : randomUUID(),
    msg_type: type,
    session: "fuzz",
    username: "fuzz",
    date: "2026-01-01T00:00:00Z",
    version: "5.3",
  };
  const parts: Parts = { header, parent: {}, metadata: {}, content: { ...REQUESTS[type] } };
  for (let changes = integer(random, 0, 4); changes > 0; changes--) changeField(random, parts);
  let texts = [parts.header, parts.parent, parts.metadata, parts.content].map((part) => toJson(part));
  if (chance(random, 20)) texts = texts.with(integer(random, 0, 4), strangeJson(random));
  if (chance(random, 15)) texts = changeText(random, texts);
  let jsons: Buffer[] = texts.map((text) => Buffer.from(text));
  if (chance(random, 15)) jsons = changeBytes(random, jsons);
  let frames: Buffer[] = signed(key, jsons);
  if (chance(random, 10))
    frames.push(...Array.from({ length: integer(random, 1, 4) }, () => bytes(random, 300)));
  if (chance(random, 25)) frames = changeFrames(random, frames);
  const channel = pick(random, ["shell", "shell", "control", "stdin"] as const);
  return { channel, frames };
}

/** JSON text in which a `Raw` stands for itself. */
function toJson(part: Fields): string {
  return `{${Object.entries(part)
    .map(
      ([name, value]) =>
        `${JSON.stringify(name)}:${value instanceof Raw ? value.json : JSON.stringify(value)}`,
    )
    .join(",")}}`;
}

class Raw {
  constructor(readonly json: string) {}
}

function changeField(random: Rng, parts: Parts): void {
  const part = parts[pick(random, ["header", "parent", "metadata", "content", "content"] as const)];
  const name = pick(random, [...Object.keys(part), "extra", "__proto__"]);
  const change = integer(random, 0, 10);
  if (change < 3) delete part[name];
  else if (change < 9)
    Object.defineProperty(part, name, {
      value: new Raw(strangeJson(random)),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else
    parts.content = {
      code: pick(random, ["", "\0", "x".repeat(200_000), "é\ud800", "throw 1", "const = 7q", "Math.max?"]),
    };
}

function changeText(random: Rng, texts: string[]): string[] {
  const part = integer(random, 0, 4);
  const [before, middle, after] = cut(random, texts[part]!);
  const junk = pick(random, ["", "{", "}", '"', "\\", "\u2028", "\0", ",", nested(500)]);
  return texts.with(
    part,
    pick(random, [before + after, before + junk + after, before, before + middle + middle + after]),
  );
}

/** Flips bits, which also makes invalid UTF-8, before the message is signed. */
function changeBytes(random: Rng, jsons: Buffer[]): Buffer[] {
  const part = integer(random, 0, jsons.length);
  const changed = Buffer.from(jsons[part]!);
  if (changed.length === 0) return jsons;
  for (let flips = integer(random, 1, 5); flips > 0; flips--)
    changed[integer(random, 0, changed.length)]! ^= 1 << integer(random, 0, 8);
  return jsons.with(part, changed);
}

function signed(key: string, jsons: Buffer[]): Buffer[] {
  const hmac = createHmac("sha256", key);
  for (const json of jsons) hmac.update(json);
  return [Buffer.from("<IDS|MSG>"), Buffer.from(hmac.digest("hex")), ...jsons];
}

/** Truncated, repeated, swapped, damaged or foreign frames, after the message was signed. */
function changeFrames(random: Rng, frames: Buffer[]): Buffer[] {
  const at = integer(random, 0, frames.length);
  const other = integer(random, 0, frames.length);
  const frame = frames[at]!;
  switch (integer(random, 0, 8)) {
    case 0:
      return frames.slice(0, Math.max(1, at));
    case 1:
      return frames.toSpliced(at, 1).concat(frames.length === 1 ? [frame] : []);
    case 2:
      return frames.toSpliced(at, 0, frame);
    case 3:
      return frames.with(at, frames[other]!).with(other, frame);
    case 4:
      return frames.with(at, bytes(random, 2000));
    case 5:
      return frames.with(at, frame.subarray(0, integer(random, 0, frame.length + 1)));
    case 6:
      return [bytes(random, 20), ...frames];
    default:
      return Array.from({ length: integer(random, 1, 12) }, () => bytes(random, 100));
  }
}

function bytes(random: Rng, longest: number): Buffer {
  return Buffer.from(Array.from({ length: integer(random, 0, longest + 1) }, () => integer(random, 0, 256)));
}
