import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Message } from "../../src/jupyter/protocol";
import { newHeader, openWire, WireError } from "../../src/jupyter/wire";

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

  test.each([
    [["[]", "{}", "{}", "{}"], "header: expected a JSON object, got []"],
    [["{}", "{}", "{}", "{}"], "header: msg_id: expected a string"],
    [['{"msg_id":"a"}', "{}", "{}", "{}"], "header: msg_type: expected a string"],
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
