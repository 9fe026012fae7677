import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startKernel } from "../../src/jupyter/client";
import { freePorts } from "../../src/jupyter/client/ports";
import { Requests } from "../../src/jupyter/client/requests";
import { CHANNELS, readConnection } from "../../src/jupyter/connection";
import { argv, emptyFolder, result } from "./kernel";
import { descendants, isAlive, untilGone } from "./processes";

const MINUTE = 60_000;
/** Starts the kernel as a server does, and does nothing else. */
const SERVER = `const [command, ...words] = process.argv.slice(1);
require("node:child_process").spawn(command, words, { stdio: "ignore", detached: true });
setInterval(() => {}, 1000);`;

describe("after kill -9 of the server, nothing of the kernel is left within 2 s", () => {
  test.each([
    ["while it is idle", ""],
    ["while a loop runs", "for (;;);"],
    ["while a loop prints", "for (;;) console.log(1);"],
    ["while a cell waits", "await new Promise(() => {});"],
    ["while a cell asks", "prompt()"],
    ["while timers run", "setInterval(() => {}, 1); 1"],
    ["with a witness of a large cell", "const large = Buffer.alloc(1.2e9, 1); for (;;);"],
  ])("%s", { timeout: MINUTE, retry: 2 }, async (_, code) => {
    const folder = emptyFolder();
    const ports = await freePorts(CHANNELS.length);
    const file = join(folder, "connection.json");
    writeFileSync(
      file,
      JSON.stringify(Object.fromEntries(CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]]))),
    );
    const command = argv.map((word) => word.replace("{connection_file}", file));
    const server = spawn(process.execPath, ["-e", SERVER, ...command], { cwd: folder, stdio: "ignore" });
    const requests = new Requests(
      readConnection(file),
      () => "",
      () => {},
    );
    let all: number[] = [];
    try {
      await answered(requests);
      await requests.open("execute_request", { code: "1" }, { timeout: 20_000 }).done;
      if (code !== "") await begun(requests, code);
      all = descendants(server.pid!);
      expect(all.length).toBeGreaterThanOrEqual(code.includes("large") ? 3 : 2);
      server.kill("SIGKILL");
      await untilGone(all, 2000);
    } finally {
      requests.close();
      for (const pid of [...all, server.pid!].filter(isAlive)) process.kill(pid, "SIGKILL");
      rmSync(folder, { recursive: true });
    }
  });

  /** A subscription to iopub takes effect a little after the first request. */
  async function answered(requests: Requests): Promise<void> {
    for (let attempt = 1; ; attempt++)
      try {
        await requests.open("kernel_info_request", {}, { timeout: 1000 }).done;
        return;
      } catch (error) {
        if (attempt === 20) throw error;
      }
  }

  /** Resolves when the code runs; for a large cell, when its witness runs too. */
  async function begun(requests: Requests, code: string): Promise<void> {
    await new Promise<void>((resolve) => {
      const listener = { onOutput: () => resolve() };
      requests
        .open("execute_request", { code: `console.log("begun"); ${code}`, allow_stdin: true }, { listener })
        .done.catch(() => {});
    });
    await new Promise((resolve) => setTimeout(resolve, code.includes("large") ? 2500 : 100));
  }
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
