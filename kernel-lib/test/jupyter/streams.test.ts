import { describe, expect, test } from "vitest";
import { result, text, types, useKernel } from "./kernel";

const kernel = useKernel();

describe("printed text", () => {
  test("of 100,000 lines arrives complete and in order before the cell is idle", async () => {
    const printed = await kernel.run('for (let i = 0; i < 100_000; i++) console.log("line", i)');
    const lines = text(printed).split("\n");
    expect(lines).toHaveLength(100_001);
    expect(lines.slice(0, -1).every((line, i) => line === `line ${i}`)).toBe(true);
  });

  test("of 50 MB arrives complete", async () => {
    const printed = await kernel.run(
      'const megabyte = "é🙂x".repeat(150_000); for (let i = 0; i < 50; i++) process.stdout.write(megabyte)',
    );
    const all = text(printed);
    expect(Buffer.byteLength(all)).toBe(7 * 150_000 * 50);
    expect(all).toBe("é🙂x".repeat(150_000 * 50));
  });

  test("arrives while a synchronous loop still runs", async () => {
    let arrived!: (text: unknown) => void;
    const first = new Promise((resolve) => (arrived = resolve));
    const running = kernel.run('console.log("first"); for (;;);', {
      onOutput: ({ content }) => arrived(content.text),
    });
    expect(await first).toBe("first\n");
    await kernel.client.interrupt();
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
  });

  test("keeps the order between stdout, stderr and displays", async () => {
    const printed = await kernel.run(
      'console.log(1); console.error(2); console.log(3); display("four"); process.stderr.write("5"); console.log(6); 7',
    );
    expect(types(printed)).toEqual([
      "stream",
      "stream",
      "stream",
      "display_data",
      "stream",
      "stream",
      "execute_result",
    ]);
    expect(printed.outputs.slice(0, 3).map(({ content }) => [content.name, content.text])).toEqual([
      ["stdout", "1\n"],
      ["stderr", "2\n"],
      ["stdout", "3\n"],
    ]);
  });

  test("keeps that order too while a loop runs for a while", async () => {
    const printed = await kernel.run(`for (let i = 0; i < 200; i++) {
  process.stdout.write("a" + i);
  display(i);
  process.stdout.write("b" + i);
  const until = performance.now() + 1;
  while (performance.now() < until);
}`);
    const order = printed.outputs
      .map(
        ({ content: { text: written, data } }) =>
          written ?? `<${(data as Record<string, string>)["text/plain"]}>`,
      )
      .join("");
    expect(order).toBe(Array.from({ length: 200 }, (_, i) => `a${i}<${i}>b${i}`).join(""));
  });

  test("is coalesced into few messages", async () => {
    const printed = await kernel.run("for (let i = 0; i < 1000; i++) console.log(i)");
    expect(printed.outputs.length).toBeLessThan(20);
  });

  test("keeps characters whole that are written byte by byte", async () => {
    const printed = await kernel.run(
      'for (const byte of Buffer.from("नमस्ते 🙂")) process.stdout.write(new Uint8Array([byte]))',
    );
    expect(text(printed)).toBe("नमस्ते 🙂");
  });

  test("is formatted as Node.js formats it", async () => {
    const printed = await kernel.run(
      'console.log("%s is %d", "x", 5, { a: [1] }); console.table([{ a: 1 }]); console.group(); console.info("in");',
    );
    expect(text(printed)).toContain("x is 5 { a: [ 1 ] }\n");
    expect(text(printed)).toContain("│ (index) │ a │");
    expect(text(printed)).toContain("\n  in\n");
    await kernel.run("console.groupEnd()");
  });
});

describe("process.stdout", () => {
  test("calls back, returns true, and takes encodings", async () => {
    const code = `const done = new Promise<string>((resolve) => {
  const more = process.stdout.write("6869", "hex", () => resolve("called"));
  process.stderr.write(String(more));
});
await done`;
    const printed = await kernel.run(code);
    expect([text(printed), text(printed, "stderr"), result(printed)]).toEqual(["hi", "true", "'called'"]);
  });

  test("may be the end of a pipeline, and is usable after it", async () => {
    const code = `import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
await pipeline(Readable.from(["a", "b"]), process.stdout, { end: false });
console.log("after")`;
    expect(text(await kernel.run(code))).toBe("abafter\n");
    await kernel.run("process.stdout.end()");
    expect(text(await kernel.run('console.log("still")'))).toBe("still\n");
  });

  test("refuses what is no text, as an error of the cell", async () => {
    expect((await kernel.run("process.stdout.write(5 as any)")).reply).toMatchObject({ ename: "TypeError" });
  });
});

describe("output of an earlier cell's code", () => {
  test("of its timers and promises goes to that cell", async () => {
    await kernel.run(`setTimeout(() => console.log("timer"), 60);
const background = (async () => { await new Promise((r) => setTimeout(r, 60)); console.log("promise"); })();`);
    const next = await kernel.run('await new Promise((r) => setTimeout(r, 200)); console.log("own")');
    expect(text(next)).toBe("own\n");
  });
});
