import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { result } from "../kernel";
import { DebugClient, useDebugger } from "./client";

const debug = useDebugger();
const loop = "let turns = 0;\nfor (;;) {\n  turns++;\n}";

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe("an interrupt", () => {
  test("of a paused cell ends it, and its breakpoints work again afterwards", async () => {
    await debug.breakInCell(loop, 3);
    for (let i = 0; i < 5; i++) {
      const running = debug.run(loop);
      await debug.event("stopped");
      await debug.client.interrupt();
      expect((await running).reply.ename).toBe("KeyboardInterrupt");
      expect(await debug.event("continued")).toMatchObject({ threadId: 1 });
      expect(await debug.stack()).toEqual([]);
      expect(result(await debug.run("await null; 6 * 7"))).toBe("42");
    }
    await debug.breakInCell(loop);
  });

  test("of a paused cell ends it before its next line", async () => {
    const code = "let reached = 1;\nreached = 2;\nreached = 3;\nreached";
    await debug.breakInCell(code, 3);
    const running = debug.run(code);
    await debug.event("stopped");
    await debug.client.interrupt();
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
    expect(result(await debug.run("reached"))).toBe("2");
    await debug.breakInCell(code);
  });

  test("of a paused cell that cooperates lets it stop by itself", async () => {
    const code = `const { interrupt } = (globalThis as any)[Symbol.for("jupyter.kernel")];
let rounds = 0;
await interrupt.cooperate(async () => {
  while (!interrupt.requested()) {
    rounds++;
    await null;
  }
});
"stopped after " + rounds`;
    await debug.breakInCell(code, 5);
    const running = debug.run(code);
    await debug.event("stopped");
    await debug.client.interrupt();
    expect(result(await running)).toMatch(/^'stopped after \d+'$/);
    await debug.breakInCell(code);
  });

  test.each([
    ["a loop", "for (;;);"],
    ["a loop after an await", "await null; for (;;);"],
    ["a pending await", "await new Promise(() => {});"],
    ["a loop in a timer", "setTimeout(() => { for (;;); }, 1); await new Promise(() => {});"],
  ])("of %s works with the debugger on", async (_, code) => {
    let begun!: () => void;
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const running = debug.client.execute(`console.log(1); ${code}`, { onOutput: () => begun() });
    await beginning;
    await debug.client.interrupt();
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
    expect(result(await debug.run("1"))).toBe("1");
  });

  test("of a cell that was paused after an await ends it", async () => {
    const code = "await null;\nlet after = 1;\nawait new Promise(() => {});";
    await debug.breakInCell(code, 2);
    const running = debug.run(code);
    await debug.event("stopped");
    await debug.client.interrupt();
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
    expect(result(await debug.run("2"))).toBe("2");
    await debug.breakInCell(code);
  });
});

test("pause stops a running loop, which then goes on and can be interrupted", async () => {
  let begun!: () => void;
  const beginning = new Promise<void>((resolve) => (begun = resolve));
  const running = debug.client.execute("console.log(1);\nlet n = 0;\nfor (;;) {\n  n++;\n}", {
    onOutput: () => begun(),
  });
  await beginning;
  await debug.request("pause", { threadId: 1 });
  expect(await debug.event("stopped")).toMatchObject({ reason: "pause" });
  expect(Number(await debug.evaluate("n"))).toBeGreaterThan(0);
  await debug.request("continue");
  await debug.client.interrupt();
  expect((await running).reply.ename).toBe("KeyboardInterrupt");
});

test("a pause that found no running code does not stop the next cell", async () => {
  let begun!: () => void;
  const beginning = new Promise<void>((resolve) => (begun = resolve));
  const running = debug.client.execute("console.log(1); await new Promise(() => {});", {
    onOutput: () => begun(),
  });
  await beginning;
  await debug.request("pause", { threadId: 1 });
  await debug.client.interrupt();
  expect((await running).reply.ename).toBe("KeyboardInterrupt");
  debug.forgetEvents();
  expect(result(await debug.run("let next = 3;\nnext"))).toBe("3");
  expect(debug.events).toEqual([]);
});

test("switching the debugger off lets a paused cell end, and breakpoints are forgotten", async () => {
  const code = "let off = 1;\noff + 1";
  await debug.breakInCell(code, 2);
  const running = debug.run(code);
  await debug.event("stopped");
  await debug.request("disconnect", { terminateDebuggee: false });
  expect(result(await running)).toBe("2");
  expect(await debug.request("debugInfo")).toMatchObject({
    isStarted: false,
    breakpoints: [],
    stoppedThreads: [],
  });
  debug.forgetEvents();
  expect(result(await debug.run(code))).toBe("2");
  expect(debug.events).toEqual([]);
  await debug.attach();
});

test.each(["cell", "timer"])(
  "shutdown while a %s is paused ends with exit code 0 and leaves no process",
  async (where) => {
    const other = await new DebugClient().start();
    await other.attach();
    const code = where === "cell" ? "let a = 1;\na;" : "setTimeout(() => {\n  console.log(1);\n}, 1);\n1";
    await other.breakInCell(code, 2);
    const running = other.run(code).catch(() => undefined);
    await other.event("stopped");
    const { pid, exited } = other.client;
    await other.client.shutdown();
    expect(await exited).toBe("exit code 0");
    expect(other.client.processOutput).toBe("");
    expect(isAlive(pid)).toBe(false);
    await running;
    await other.end();
  },
);
