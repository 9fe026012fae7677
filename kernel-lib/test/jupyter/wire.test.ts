import { createHmac, timingSafeEqual } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Message } from "../../src/jupyter/protocol";
import { newHeader, openWire, WireError } from "../../src/jupyter/wire";

vi.mock("node:crypto", async (original) => {
  const crypto = await original<typeof import("node:crypto")>();
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});
beforeEach(() => {
  vi.mocked(timingSafeEqual).mockClear();
});

const message: Message = {
  identities: [Buffer.from([0, 1, 2]), Buffer.from("client")],
  header: newHeader("execute_request", "session"),
  parent_header: { msg_id: "parent" },
  metadata: { a: 1 },
  content: { code: "नमस्ते 🙂" },
  buffers: [Buffer.from([255, 0])],
};

describe("a message", () => {
  test("comes back as it was sent, with identities and buffers", () => {
    const wire = openWire("key");
    expect(wire.parse(wire.serialize(message))).toEqual(message);
  });

  test("is framed and signed as the protocol says", () => {
    const frames = openWire("key").serialize(message);
    const parts = frames.slice(4, 8);
    const hmac = createHmac("sha256", "key");
    for (const part of parts) hmac.update(part);
    expect(frames.map(String).slice(2, 4)).toEqual(["<IDS|MSG>", hmac.digest("hex")]);
    expect(parts.map((part) => JSON.parse(String(part)))).toEqual([
      message.header,
      message.parent_header,
      message.metadata,
      message.content,
    ]);
  });

  test("is not signed where the key is empty", () => {
    const wire = openWire("");
    expect(wire.serialize(message)[3]).toHaveLength(0);
    expect(wire.parse(wire.serialize(message))).toEqual(message);
  });

  test("may be signed by another hash", () => {
    const wire = openWire("key", "hmac-sha512");
    expect(wire.serialize(message)[3]).toHaveLength(128);
    expect(wire.parse(wire.serialize(message))).toEqual(message);
  });

  test.each<[string, (frames: Buffer[]) => Buffer[], string]>([
    ["another key", () => openWire("other").serialize(message), "wrong signature"],
    ["no delimiter", (frames) => frames.toSpliced(2, 1), "no <IDS|MSG> frame among 8"],
    ["missing frames", (frames) => frames.slice(0, 6), "expected 5 frames after <IDS|MSG>, got 3"],
    ["changed content", (frames) => frames.with(7, Buffer.from("{}")), "wrong signature"],
    ["an empty signature", (frames) => frames.with(3, Buffer.alloc(0)), "wrong signature"],
  ])("with %s is refused", (_, change, problem) => {
    const wire = openWire("key");
    expect(() => wire.parse(change(wire.serialize(message)))).toThrow(new WireError(problem));
  });

  test("with a wrong signature of the right length is found out in constant time", () => {
    const frames = openWire("other").serialize(message);
    expect(() => openWire("key").parse(frames)).toThrow("wrong signature");
    expect(timingSafeEqual).toHaveBeenCalledTimes(1);
    expect(vi.mocked(timingSafeEqual).mock.calls[0]![0]).toEqual(frames[3]);
  });

  test("that comes a second time is refused, also with other identities or buffers", () => {
    const wire = openWire("key");
    const frames = wire.serialize(message);
    wire.parse(frames);
    for (const again of [frames, frames.slice(1), frames.slice(0, -1)])
      expect(() => wire.parse(again)).toThrow(
        new WireError("sent before: its signature is that of an earlier message"),
      );
    expect(
      wire.parse(wire.serialize({ ...message, header: newHeader("execute_request", "s") })).content,
    ).toEqual(message.content);
  });

  test("may come a second time where nothing is signed", () => {
    const wire = openWire("");
    const frames = wire.serialize(message);
    expect(wire.parse(frames)).toEqual(wire.parse(frames));
  });

  test("is remembered among 65,536; older ones are forgotten, so that memory is bounded", () => {
    const wire = openWire("key", "hmac-md5");
    const first = wire.serialize(message);
    wire.parse(first);
    for (let i = 0; i < 65_536; i++) wire.parse(wire.serialize({ ...message, metadata: { i } }));
    expect(wire.parse(first)).toEqual(message);
  });

  test.each([
    [["[]", "{}", "{}", "{}"], "header: expected a JSON object, got []"],
    [["{}", "{}", "{}", "{}"], "header: msg_id: expected a string"],
    [['{"msg_id":"a"}', "{}", "{}", "{}"], "header: msg_type: expected a string"],
    [
      ['{"msg_id":"a","msg_type":"b","date":{}}', "{}", "{}", "{}"],
      "header: date: expected a string, got an object or array",
    ],
    [
      ['{"msg_id":"a","msg_type":"b"}', "null", "{}", "{}"],
      "parent_header: expected a JSON object, got null",
    ],
  ])("of the parts %j is refused", (parts, problem) => {
    const frames = ["<IDS|MSG>", "", ...parts].map((part) => Buffer.from(part));
    expect(() => openWire("").parse(frames)).toThrow(new WireError(problem));
  });

  test("that is no JSON is refused with the part's name", () => {
    const frames = ["<IDS|MSG>", "", "{", "{}", "{}", "{}"].map((part) => Buffer.from(part));
    expect(() => openWire("").parse(frames)).toThrow(/^header: not JSON: /);
  });
});
