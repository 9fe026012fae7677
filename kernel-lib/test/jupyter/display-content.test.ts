import { describe, expect, test } from "vitest";
import { displayContent } from "../../src/jupyter/runner/display-content";
import { JsonBytes } from "../../src/jupyter/runner/json-bytes";

const piece = 1 << 16;
const parsed = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString("utf8")) as unknown;

function written(text: string): unknown {
  const json = new JsonBytes();
  json.addString(text);
  return parsed(json.bytes);
}

describe("a string as JSON in UTF-8", () => {
  test.each([
    ["empty", ""],
    ["one piece", "a".repeat(piece)],
    ["one piece and a bit", `${"a".repeat(piece)}b`],
    ["escapes, which take more room than expected", '"\\\n\u0001'.repeat(piece)],
    ["three bytes a unit", "€".repeat(2 * piece)],
    ["a pair across two pieces", `${"a".repeat(piece - 1)}😀${"b".repeat(piece)}`],
    ["a pair at the very end of a piece", `${"a".repeat(piece - 2)}😀`],
    ["pairs at every place", "😀".repeat(piece)],
    ["half a pair at the end of a piece", `${"a".repeat(piece - 1)}\ud83d${"b".repeat(9)}`],
    ["half a pair at the end", `${"a".repeat(piece - 1)}\ud83d`],
    ["second halves alone", "\ude00".repeat(piece + 1)],
  ])("%s: reads as it was", (_, text) => {
    expect(written(text) === text).toBe(true);
  });

  test("half a pair is escaped, so that the bytes are UTF-8", () => {
    const json = new JsonBytes();
    json.addString("\ud83d");
    expect(Buffer.from(json.bytes).toString("utf8")).toBe('"\\ud83d"');
  });
});

describe("a display's content", () => {
  test("is that of JSON.stringify, with what can't be written left out", () => {
    const bundle = {
      "text/plain": 'a "quote"\n',
      "application/json": { b: [1, null, "é"] },
      "application/x+json": undefined,
    };
    expect(parsed(displayContent(bundle, { isolated: true }, "here"))).toEqual({
      data: { "text/plain": 'a "quote"\n', "application/json": { b: [1, null, "é"] } },
      metadata: { isolated: true },
      transient: { display_id: "here" },
    });
  });

  test("of an empty bundle is complete too", () => {
    expect(parsed(displayContent({}, {}, undefined))).toEqual({ data: {}, metadata: {}, transient: {} });
  });

  test("of little text takes little memory", () => {
    expect(displayContent({ "text/plain": "1" }, {}, undefined).buffer.byteLength).toBeLessThan(8192);
  });
});
