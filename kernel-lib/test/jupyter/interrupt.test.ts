import { describe, expect, test } from "vitest";
import { result, sleep, text, types, useKernel } from "./kernel";

const kernel = useKernel();
const host = 'const host = (globalThis as any)[Symbol.for("jupyter.kernel")];';

/** Starts a cell, interrupts it a while after it has begun, and gives its execution. */
async function interrupted(code: string, after = 10) {
  let begun!: () => void;
  const beginning = new Promise<void>((resolve) => (begun = resolve));
  const running = kernel.run(`console.log("begun"); ${code}`, { onOutput: () => begun() });
  await beginning;
  await sleep(after);
  await kernel.client.interrupt();
  return running;
}

describe("an interrupt stops", () => {
  test.each([
    ["a loop", "for (;;);"],
    ["a loop that prints", 'for (;;) console.log("x".repeat(100));'],
    ["a loop that catches everything", "for (;;) try { for (;;); } catch {} finally { for (;;); }"],
    ["a loop that shows", 'for (;;) display("x");'],
    ["a loop that shows much", 'for (;;) display("x".repeat(1_000_000));'],
    ["a loop that clears", "for (;;) clearOutput();"],
    ["a loop of awaits that shows", "for (;;) { await null; display(1); }"],
    ["a loop after an await", "await null; for (;;);"],
    ["a loop after a timer", "await new Promise((r) => setTimeout(r, 1)); for (;;);"],
    ["a loop in a timer", "setTimeout(() => { for (;;); }, 1); await new Promise(() => {});"],
    ["a loop in nextTick", "process.nextTick(() => { for (;;); }); await new Promise(() => {});"],
    ["a loop of awaits", "for (;;) await null;"],
    ["a loop of awaits that prints", "for (;;) { await null; console.log(1); }"],
    ["a loop in an async function", "await (async () => { await 1; for (;;); })();"],
    ["a pending await", "await new Promise(() => {});"],
    ["a synchronous wait", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);"],
    ["a regular expression that backtracks for ever", '/^(a+)+$/.test("a".repeat(50) + "b");'],
  ])("%s; state is kept and the next cell works", async (_, code) => {
    await kernel.run("let kept = 0;");
    for (let i = 1; i <= 4; i++) {
      const { reply } = await interrupted(`kept++; ${code}`);
      expect(reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt", evalue: "Interrupted" });
      expect(result(await kernel.run("await null; kept"))).toBe(String(i));
    }
  });

  test("a hundred cells in a row", async () => {
    const codes = [
      "for (;;);",
      "await null; for (;;);",
      "await new Promise(() => {});",
      "for (;;) await null;",
    ];
    for (let i = 0; i < 100; i++) {
      const { reply } = await interrupted(codes[i % codes.length]!, 5);
      expect(reply.ename).toBe("KeyboardInterrupt");
      expect(result(await kernel.run(`${i} + 1`))).toBe(String(i + 1));
    }
  }, 60_000);

  test.each([
    ["a timer", "new Promise((r) => setTimeout(r, 2))"],
    ["a file", 'fs.promises.stat(".")'],
  ])("what an interrupted cell left waiting for %s: it does not go on in the background", async (_, wait) => {
    await kernel.run('import fs from "node:fs"; let ticks = 0;');
    await interrupted(`for (;;) { await ${wait}; ticks++; }`, 100);
    await sleep(50);
    const before = result(await kernel.run("ticks"));
    await sleep(100);
    expect(Number(before)).toBeGreaterThan(0);
    expect(result(await kernel.run("ticks"))).toBe(before);
  });

  test("a loop of a timer whose cell has ended, where no cell runs", async () => {
    await kernel.run("let kept = 5; setTimeout(() => { for (;;); }, 1);");
    await sleep(50);
    expect(await kernel.client.interrupt()).toEqual({ status: "ok" });
    expect(result(await kernel.run("kept"))).toBe("5");
  });

  test("nothing of a timer that is short, where no cell runs", async () => {
    await kernel.run("let ticks = 0; const ticking = setInterval(() => ticks++, 1);");
    for (let i = 0; i < 10; i++) await kernel.client.interrupt();
    const before = result(await kernel.run("ticks"));
    await sleep(50);
    expect(result(await kernel.run("clearInterval(ticking); ticks"))).not.toBe(before);
  });

  test("the cell, and aborts those that wait behind it", async () => {
    const running = kernel.run("for (;;);");
    const waiting = kernel.run("1");
    await sleep(50);
    await kernel.client.interrupt();
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
    expect((await waiting).status).toBe("aborted");
  });
});

describe("a cell that awaits what never comes", () => {
  test("waits on through garbage collections, until it is interrupted", async () => {
    const garbage =
      "const timer = setInterval(() => Array.from({ length: 50 }, () => new Array(20_000).fill(0)), 1);";
    const running = kernel.run(`${garbage} await new Promise(() => {});`);
    const ended = running.then(() => true);
    expect(await Promise.race([ended, sleep(1500)])).toBeUndefined();
    await kernel.client.interrupt();
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
    expect(result(await kernel.run("clearInterval(timer); 1"))).toBe("1");
  });
});

describe("an interrupt", () => {
  test("is answered, published as an error, and shown once", async () => {
    const running = kernel.run("for (;;);");
    await sleep(50);
    expect(await kernel.client.interrupt()).toEqual({ status: "ok" });
    expect(types(await running)).toEqual(["error"]);
  });

  test("of nothing does nothing", async () => {
    for (let i = 0; i < 20; i++) expect(await kernel.client.interrupt()).toEqual({ status: "ok" });
    expect(result(await kernel.run("1"))).toBe("1");
  });

  test("sent many times at once ends the cell once", async () => {
    const running = kernel.run("for (;;);");
    await sleep(50);
    await Promise.all(Array.from({ length: 10 }, () => kernel.client.interrupt()));
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
    for (let i = 0; i < 5; i++) expect(result(await kernel.run(`await null; ${i}`))).toBe(String(i));
  });

  test("stops a loop within 500 ms even on a busy machine", async () => {
    const times: number[] = [];
    for (let i = 0; i < 10; i++) {
      const running = kernel.run("for (;;);");
      await sleep(40);
      const started = performance.now();
      await kernel.client.interrupt();
      await running;
      times.push(performance.now() - started);
    }
    expect(times.sort((a, b) => a - b)[5]).toBeLessThan(500);
  });
});

describe("cooperative work", () => {
  test("sees the interrupt, stops by itself, and its cell goes on", async () => {
    const executed = await interrupted(
      `${host}
let steps = 0;
await host.interrupt.cooperate(async () => {
  while (!host.interrupt.requested()) { steps++; await new Promise((r) => setTimeout(r, 1)); }
});
console.log("stopped", steps > 0, host.interrupt.requested());
"kept"`,
      100,
    );
    expect(text(executed)).toBe("begun\nstopped true false\n");
    expect(result(executed)).toBe("'kept'");
  });

  test("is seen in a synchronous loop too", async () => {
    const executed = await interrupted(
      `${host} await host.interrupt.cooperate(async () => { while (!host.interrupt.requested()); }); "stopped"`,
      100,
    );
    expect(result(executed)).toBe("'stopped'");
  });

  test("that does not stop is ended by the second interrupt", async () => {
    const running = kernel.run(`${host} await host.interrupt.cooperate(async () => { for (;;); })`);
    await sleep(100);
    await kernel.client.interrupt();
    await sleep(50);
    await kernel.client.interrupt();
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
    expect(result(await kernel.run(`${host} host.interrupt.requested()`))).toBe("false");
  });

  test("that does not stop is ended after two seconds", async () => {
    const started = performance.now();
    const { reply } = await interrupted(
      `${host} await host.interrupt.cooperate(() => new Promise(() => {}))`,
      100,
    );
    expect(reply.ename).toBe("KeyboardInterrupt");
    expect(performance.now() - started).toBeGreaterThan(1900);
  });
});
