import { describe, expect, test, vi } from "vitest";
import { startKernel } from "../../src/jupyter/client";
import { Requests } from "../../src/jupyter/client/requests";
import { argv, emptyFolder, result } from "./kernel";
import { descendants, untilGone } from "./processes";
import { ServedKernel } from "./served-kernel";

const MINUTE = 60_000;

/** What the kernel may be doing. */
const STATES: [string, (kernel: ServedKernel) => Promise<unknown>][] = [
  ["while it is idle", async () => {}],
  ["while a loop runs", (kernel) => kernel.begin("for (;;);")],
  ["while a loop prints", (kernel) => kernel.begin("for (;;) console.log(1);")],
  ["while a cell waits", (kernel) => kernel.begin("await new Promise(() => {});")],
  ["while a cell asks", (kernel) => kernel.begin("prompt()")],
  ["while timers run", (kernel) => kernel.execute("setInterval(() => {}, 1); 1")],
  [
    "while a native call runs, which nothing can stop",
    (kernel) => kernel.begin('require("node:crypto").pbkdf2Sync("a", "b", 3e7, 64, "sha512");'),
  ],
  ["while a cell is paused in the debugger", (kernel) => kernel.pause()],
  [
    "with a witness of a large cell",
    async (kernel) => {
      await kernel.begin("const large = Buffer.alloc(1.2e9, 1); for (;;);");
      await vi.waitFor(() => expect(kernel.processes()).toHaveLength(3), 10_000);
    },
  ],
];

async function withKernel(use: (kernel: ServedKernel) => Promise<void>): Promise<void> {
  const kernel = await ServedKernel.start();
  try {
    await use(kernel);
  } finally {
    kernel.end();
  }
}

describe("after kill -9 of the server, nothing of the kernel is left within 2 s, and no temporary file,", () => {
  test.each(STATES)("%s", { timeout: MINUTE }, async (_, begin) => {
    await withKernel(async (kernel) => {
      await begin(kernel);
      const all = kernel.processes();
      expect(all.length).toBeGreaterThanOrEqual(2);
      kernel.server.kill("SIGKILL");
      await untilGone(all, 2000);
      expect(kernel.temporaryFiles()).toEqual([]);
    });
  });
});

describe.each(["SIGKILL", "SIGTERM", "SIGHUP"] as const)(
  "after %s, nothing of the kernel is left within 2 s",
  (signal) => {
    test.each(STATES.filter(([name]) => /idle|loop runs|paused|witness/.test(name)))(
      "%s",
      { timeout: MINUTE },
      async (_, begin) => {
        await withKernel(async (kernel) => {
          await begin(kernel);
          const all = kernel.processes();
          expect(all.length).toBeGreaterThanOrEqual(2);
          process.kill(kernel.pid, signal);
          await untilGone(all, 2000);
          expect(kernel.temporaryFiles()).toEqual([]);
        });
      },
    );
  },
);

describe("while it starts, in which the checker comes before all else,", () => {
  const CASES = ["server", "kernel"].flatMap((victim) =>
    [0, 40, 80, 120, 160, 200, 300, 400].map((ms) => [victim, ms] as const),
  );

  test.each(CASES)(
    "after kill -9 of the %s %i ms later, nothing of the kernel is left within 2 s",
    { timeout: MINUTE },
    async (victim, ms) => {
      const kernel = await ServedKernel.spawn();
      try {
        await new Promise((resolve) => setTimeout(resolve, ms));
        process.kill(victim === "server" ? kernel.server.pid! : kernel.pid, "SIGKILL");
        await vi.waitFor(() => expect(kernel.remaining()).toEqual([]), { timeout: 2000, interval: 20 });
      } finally {
        kernel.end();
      }
    },
  );
});

describe("after kill -9 of the type checker, the kernel starts another and forgets nothing", () => {
  test("while it is idle", { timeout: MINUTE }, async () => {
    await withKernel(async (kernel) => {
      await kernel.execute("const kept: 5 = 5;");
      const [, checker] = kernel.processes();
      process.kill(checker!, "SIGKILL");
      expect(await kernel.execute("const wrong: string = kept;")).toMatchObject({ ename: "TypeScriptError" });
      expect(kernel.processes()).toHaveLength(2);
      expect(kernel.processes()).not.toContain(checker);
    });
  });

  test.each(STATES.filter(([name]) => /loop runs|waits|paused/.test(name)))(
    "%s",
    { timeout: MINUTE },
    async (_, begin) => {
      await withKernel(async (kernel) => {
        await kernel.execute("const kept: 5 = 5;");
        await begin(kernel);
        const [, checker] = kernel.processes();
        process.kill(checker!, "SIGKILL");
        await kernel.requests.open("interrupt_request", {}, { channel: "control", timeout: 20_000 }).done;
        // Cells that are sent together with one that fails are aborted.
        await vi.waitFor(async () => {
          expect(await kernel.execute("const wrong: string = kept;")).toMatchObject({
            ename: "TypeScriptError",
          });
        }, 20_000);
        expect(kernel.processes()).toHaveLength(2);
        expect(kernel.processes()).not.toContain(checker);
      });
    },
  );
});

describe("the end of the protocol's thread", () => {
  /** Ends the worker from the main thread, which its own code never does. */
  const KILL_WORKER = `const { Worker } = require("node:worker_threads");
const emit = Worker.prototype.emit;
Worker.prototype.emit = function (...event: unknown[]) { Worker.prototype.emit = emit; this.terminate(); return emit.apply(this, event); };`;

  test("ends the process with its children, so that the front end sees it die, and it starts anew", {
    timeout: MINUTE,
  }, async () => {
    const client = await startKernel({ argv, cwd: emptyFolder() });
    try {
      await client.execute("let kept = 1");
      const children = descendants(client.pid);
      await client.execute(KILL_WORKER);
      const ended = client.exited;
      await expect(client.execute("for (;;);", { timeout: 20_000 })).rejects.toThrow(
        /the kernel's process ended/,
      );
      expect(await ended).not.toBe("exit code 0");
      await untilGone(children, 2000);
      await client.restart();
      expect(result(await client.execute("1 + 1"))).toBe("2");
    } finally {
      await client.kill();
    }
  });

  test("is told in the server's log where it crashes", { timeout: MINUTE }, async () => {
    const client = await startKernel({ argv, cwd: emptyFolder() });
    try {
      await client.execute(`const { Worker } = require("node:worker_threads");
const emit = Worker.prototype.emit;
Worker.prototype.emit = function (...event: unknown[]) { Worker.prototype.emit = emit; emit.call(this, "error", new Error("planted")); this.terminate(); return true; };`);
      await client.execute("1", { timeout: 20_000 }).catch(() => {});
      await client.exited;
      expect(client.processOutput).toContain(
        "[typescript-kernel] the protocol's thread failed: Error: planted",
      );
    } finally {
      await client.kill();
    }
  });
});

describe("a front end that vanishes", () => {
  test("leaves the kernel alive, which the server may give to another one", { timeout: MINUTE }, async () => {
    const client = await startKernel({ argv, cwd: emptyFolder() });
    try {
      await client.execute("1");
      const gone = new Requests(
        client.connection,
        () => "",
        () => {},
      );
      gone
        .open("execute_request", { code: "let kept = 5; for (;;) console.log(1);" }, {})
        .done.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 300));
      gone.close();
      await client.interrupt();
      await new Promise((resolve) => setTimeout(resolve, 100)); // cells sent together with one that fails are aborted
      expect(result(await client.execute("kept"))).toBe("5");
    } finally {
      await client.kill();
    }
  });
});
