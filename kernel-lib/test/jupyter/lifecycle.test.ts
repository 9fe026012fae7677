import { rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { startKernel } from "../../src/jupyter/client";
import { argv, emptyFolder, result, sleep, useKernel } from "./kernel";
import { descendants, isAlive, untilGone } from "./processes";

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
    let running: Promise<unknown> | undefined;
    await new Promise<void>((begun) => {
      running = client.execute(`console.log("begun"); ${code}`, { onOutput: () => begun() }).catch(() => {});
    });
    const exited = client.exited;
    await client.shutdown();
    expect(await exited).toBe("exit code 0");
    expect(client.processOutput).toBe("");
    await running;
    await untilGone(all, 2000);
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
