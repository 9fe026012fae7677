import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startKernel } from "../../src/jupyter/client";
import { freePorts } from "../../src/jupyter/client/ports";
import { Requests } from "../../src/jupyter/client/requests";
import { CHANNELS, readConnection } from "../../src/jupyter/connection";
import { argv, emptyFolder, result, sleep, useKernel } from "./kernel";
import { descendants, isAlive } from "./processes";

describe("calls that would end the process", () => {
  const kernel = useKernel();

  test.each([
    "process.exit()",
    "process.exit(3)",
    "process.abort()",
    "process.kill(process.pid)",
    'process.kill(process.pid, "SIGKILL")',
  ])("%s is an error of the cell that says what to do", async (code) => {
    const { reply } = await kernel.run(code);
    expect(reply.status).toBe("error");
    expect(reply.evalue).toMatch(/would end the kernel .* throw an error/);
    expect(result(await kernel.run("1"))).toBe("1");
  });

  test("in a timer are reported too", async () => {
    const { reply } = await kernel.run(
      "setTimeout(() => process.exit(1), 5); await new Promise((r) => setTimeout(r, 200))",
    );
    expect(reply.evalue).toContain("process.exit(1) would end the kernel");
  });

  test("process.kill of another process and process.exitCode work as ever", async () => {
    expect(result(await kernel.run("process.exitCode = 5; process.kill(process.pid, 0)"))).toBe("true");
    await kernel.run("process.exitCode = undefined");
  });

  test("Ctrl-C in the server's terminal does not end the kernel", async () => {
    process.kill(kernel.client.pid, "SIGINT");
    await sleep(100);
    expect(result(await kernel.run("1"))).toBe("1");
  });

  test("listeners that a cell removes do not matter", async () => {
    await kernel.run(
      'process.removeAllListeners("uncaughtException"); process.removeAllListeners("unhandledRejection")',
    );
    await kernel.run(
      'setTimeout(() => { throw new Error("x") }, 1); Promise.reject(new Error("y")); await new Promise((r) => setTimeout(r, 50))',
    );
    expect(result(await kernel.run("1"))).toBe("1");
  });
});

describe("shutdown", () => {
  test.each([
    ["of an idle kernel", ""],
    ["while a loop runs", "for (;;);"],
    ["while a cell waits", "await new Promise(() => {});"],
    ["while timers run", "setInterval(() => {}, 1); 1"],
  ])("%s ends with exit code 0 and nothing on the terminal", async (_, code) => {
    const folder = emptyFolder();
    const client = await startKernel({ argv, cwd: folder });
    await client.execute("1");
    const all = [client.pid, ...descendants(client.pid)];
    const running = client.execute(code).catch(() => undefined);
    await sleep(100);
    const exited = client.exited;
    await client.shutdown();
    expect(await exited).toBe("exit code 0");
    expect(client.processOutput).toBe("");
    await running;
    await sleep(100);
    expect(all.filter(isAlive)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test("on the shell channel works too, and says whether a restart follows", async () => {
    const client = await startKernel({ argv, cwd: emptyFolder() });
    expect(await client.request("shutdown_request", { restart: true })).toEqual({
      status: "ok",
      restart: true,
    });
    expect(await client.exited).toBe("exit code 0");
    await client.kill();
  });

  test("and start again on the same connection forgets variables and leaves nothing behind", async () => {
    const client = await startKernel({ argv, cwd: emptyFolder() });
    await client.execute("let kept = 1");
    const old = [client.pid, ...descendants(client.pid)];
    await client.restart();
    const again = await client.execute("kept");
    expect(again.reply.ename).toBe("TypeScriptError");
    expect(again.executionCount).toBe(1);
    expect(old.filter(isAlive)).toEqual([]);
    await client.shutdown();
  });
});

/** A server that does nothing for its kernel: it starts it and waits. The kernel has to notice its death by itself. */
const SERVER = `const [command, ...words] = process.argv.slice(1);
require("node:child_process").spawn(command, words, { stdio: "ignore", detached: true });
setInterval(() => {}, 1000);`;

/** Waits for the kernel's first answer. A subscription to iopub takes effect a little after the first request. */
async function answered(requests: Requests): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await requests.open("kernel_info_request", {}, { timeout: 1000 }).done;
      return;
    } catch (error) {
      if (attempt === 20) throw error;
    }
}

describe("a kernel whose server dies", () => {
  // Started without the client, which would choose other ports where a program took one in between: hence the retries.
  test.each([
    ["idle", ""],
    ["in a loop", "for (;;);"],
  ])("ends within two seconds (%s)", { retry: 2 }, async (_, code) => {
    const folder = emptyFolder();
    const ports = await freePorts(CHANNELS.length);
    const file = join(folder, "connection.json");
    writeFileSync(
      file,
      JSON.stringify(Object.fromEntries(CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]]))),
    );
    const command = argv.map((word) => word.replace("{connection_file}", file));
    const server = spawn(process.execPath, ["-e", SERVER, ...command], { cwd: folder, stdio: "inherit" });
    const requests = new Requests(readConnection(file), () => "");
    let all: number[] = [];
    try {
      await answered(requests);
      await requests.open("execute_request", { code: "1" }, { timeout: 10_000 }).done;
      requests.open("execute_request", { code }).done.catch(() => {});
      await sleep(100);
      all = descendants(server.pid!);
      expect(all.length).toBeGreaterThanOrEqual(2);
      server.kill("SIGKILL");
      const started = Date.now();
      while (all.some(isAlive) && Date.now() - started < 4000) await sleep(20);
      expect(all.filter(isAlive)).toEqual([]);
      expect(Date.now() - started).toBeLessThan(2500);
    } finally {
      requests.close();
      for (const pid of [...all.filter(isAlive), ...(isAlive(server.pid!) ? descendants(server.pid!) : [])])
        process.kill(pid, "SIGKILL");
      server.kill("SIGKILL");
    }
    rmSync(folder, { recursive: true });
  });
});
