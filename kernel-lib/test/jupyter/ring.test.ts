import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRing, RingReader, RingWriter } from "../../src/jupyter/ring";

/** A ring with both ends on this thread. */
function ring() {
  const memory = createRing();
  let wakes = 0;
  const writer = new RingWriter(memory, () => wakes++);
  return { memory, writer, reader: new RingReader(memory), wakes: () => wakes };
}

/** Text without half a surrogate pair at its end, which UTF-8 cannot carry. */
const wellFormed = (text: string) => Buffer.from(text).toString();

describe("a ring", () => {
  test("gives texts in order, neighbours of one tag joined", () => {
    const { writer, reader } = ring();
    writer.write(2, "a");
    writer.write(2, "b");
    writer.write(3, "c");
    writer.write(2, "");
    writer.write(2, "d");
    expect(reader.read()).toEqual([
      { tag: 2, text: "ab" },
      { tag: 3, text: "c" },
      { tag: 2, text: "d" },
    ]);
    expect(reader.read()).toEqual([]);
  });

  test("is read up to a position of the writer's", () => {
    const { writer, reader } = ring();
    writer.write(0, "before");
    const { position } = writer;
    writer.write(0, "after");
    expect(reader.read(position)).toEqual([{ tag: 0, text: "before" }]);
    expect(reader.read(position)).toEqual([]);
    expect(reader.read()).toEqual([{ tag: 0, text: "after" }]);
  });

  test("keeps every text through many laps, whatever its length and characters", () => {
    const { writer, reader } = ring();
    const texts = fc.array(
      fc.tuple(fc.nat(100), fc.string({ unit: "grapheme", maxLength: 300 }), fc.nat(400)),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(texts, (pieces) => {
        const sent = pieces.map(([tag, text, times]) => ({
          tag,
          text: wellFormed(text.repeat(times).slice(0, 100_000)),
        }));
        for (const { tag, text } of sent) {
          writer.write(tag, text);
          expect(
            reader
              .read()
              .map((record) => record.text)
              .join(""),
          ).toBe(text);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test("keeps the tags where positions and marks pass 2³²", () => {
    const { memory, writer, reader } = ring();
    const [WRITTEN, READ, MARKS_WRITTEN, MARKS_READ] = [0, 1, 3, 4];
    const control = new Int32Array(memory.control);
    writer.write(9, "x");
    reader.read();
    for (const counter of [WRITTEN, READ]) control[counter] = -20;
    for (const counter of [MARKS_WRITTEN, MARKS_READ]) control[counter] = -3;
    const sent = Array.from({ length: 12 }, (_, i) => ({ tag: i % 3, text: `text ${i}` }));
    for (const { tag, text } of sent) writer.write(tag, text);
    expect(reader.read()).toEqual(sent);
  });

  test("wakes a sleeping reader once", () => {
    const { writer, reader, wakes } = ring();
    writer.write(0, "x");
    expect(wakes()).toBe(0);
    expect(reader.sleep()).toBe(false);
    reader.read();
    expect(reader.sleep()).toBe(true);
    writer.write(0, "y");
    writer.write(0, "z");
    expect(wakes()).toBe(1);
  });

  test("holds a writer that is faster than its reader", async () => {
    const { memory, reader } = ring();
    const source = `const { workerData } = require("worker_threads");
const { RingWriter } = require(${JSON.stringify(require.resolve("../../dist/jupyter/ring.js"))});
const writer = new RingWriter(workerData, () => {});
for (let i = 0; i < 100_000; i++) writer.write(i % 2, "line " + i + " ".repeat(50) + "\\n");`;
    const worker = new Worker(source, { eval: true, workerData: memory });
    let done = false;
    worker.on("exit", () => (done = true));
    const texts: string[] = [];
    while (!done) {
      texts.push(...reader.read().map(({ text }) => text));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    texts.push(...reader.read().map(({ text }) => text));
    expect(
      texts
        .join("")
        .split("\n")
        .slice(0, -1)
        .every((line, i) => line.trimEnd() === `line ${i}`),
    ).toBe(true);
    expect(texts.join("").split("\n")).toHaveLength(100_001);
  });
});
