import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  type KernelClient,
  KernelDiedError,
  KernelTimeoutError,
  startKernel,
} from "../../src/jupyter/client";
import { freePorts } from "../../src/jupyter/client/ports";
import { findKernel } from "../../src/notebook/kernels";

const { spec } = findKernel("typescript")!;
const MINUTE = 60_000;
const node = (code: string) => ({ argv: [process.execPath, "-e", code, "{connection_file}"] });
const text = ({ outputs }: { outputs: { content: Record<string, unknown> }[] }) =>
  outputs.map(({ content }) => content.text ?? "").join("");
const folder = () => mkdtempSync(join(tmpdir(), "client-"));

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function waitUntil(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !condition(); i++) await sleep(50);
  expect(condition()).toBe(true);
}

describe("a running kernel", { timeout: MINUTE }, () => {
  let kernel: KernelClient;
  beforeAll(async () => {
    kernel = await startKernel({ spec, cwd: folder() });
  }, MINUTE);
  afterAll(() => kernel?.shutdown());

  test("executes code and gives its outputs, its count and its reply", async () => {
    const seen: string[] = [];
    const { status, executionCount, outputs, reply } = await kernel.execute('console.log("a"); 6 * 7', {
      onOutput: ({ header }) => seen.push(header.msg_type),
    });
    expect({ status, executionCount }).toEqual({ status: "ok", executionCount: 1 });
    expect(outputs.map(({ header }) => header.msg_type)).toEqual(["stream", "execute_result"]);
    expect(outputs[1]!.content).toMatchObject({ data: { "text/plain": "42" } });
    expect(seen).toEqual(["stream", "execute_result"]);
    expect(reply).toMatchObject({ status: "ok", execution_count: 1 });
  });

  test("gives a failing cell as a result with its error", async () => {
    const { status, outputs, reply } = await kernel.execute('throw new RangeError("too far")');
    expect(status).toBe("error");
    expect(outputs.at(-1)).toMatchObject({
      header: { msg_type: "error" },
      content: { ename: "RangeError", evalue: "too far" },
    });
    expect(reply).toMatchObject({ status: "error", ename: "RangeError" });
  });

  test("keeps apart the answers to requests that are under way together", async () => {
    const printed = Array.from({ length: 20 }, (_, i) => kernel.execute(`console.log(${i})`));
    const info = kernel.kernelInfo();
    expect((await Promise.all(printed)).map(text)).toEqual(Array.from({ length: 20 }, (_, i) => `${i}\n`));
    expect(await info).toMatchObject({ status: "ok", language_info: { name: "typescript" } });
  });

  test("answers a request for input", async () => {
    const asked: [string, boolean][] = [];
    const execution = await kernel.execute('console.log("hello " + prompt("Name? "))', {
      onInput: async (prompt, password) => {
        asked.push([prompt, password]);
        return "Ada";
      },
    });
    expect(asked).toEqual([["Name? ", false]]);
    expect(text(execution)).toContain("hello Ada");
  });

  test("completes, inspects, tells complete from incomplete code, and knows its history", async () => {
    await kernel.execute("const velocity = 3;");
    expect((await kernel.complete("veloc")).matches).toContain("velocity");
    expect(await kernel.inspect("velocity")).toMatchObject({ status: "ok", found: true });
    expect(await kernel.isComplete("if (true) {")).toMatchObject({ status: "incomplete" });
    expect(JSON.stringify((await kernel.history({ n: 3 })).history)).toContain("velocity");
  });

  test("an interrupt ends what runs", async () => {
    const running = kernel.execute("for (;;);");
    await sleep(300);
    await kernel.interrupt();
    expect((await running).status).toBe("error");
    expect((await kernel.execute("1")).status).toBe("ok");
  });

  test("a request that takes too long is an error that says so; the kernel goes on", async () => {
    const slow = kernel.execute("await new Promise((done) => setTimeout(done, 800))", { timeout: 200 });
    await expect(slow).rejects.toThrow(KernelTimeoutError);
    await expect(slow).rejects.toThrow("execute_request: no reply within 0.2 s");
    expect((await kernel.execute("2")).status).toBe("ok");
  });

  test("an error thrown by onOutput rejects that execution and no other", async () => {
    const failing = kernel.execute("console.log(1)", {
      onOutput: () => {
        throw new Error("the listener failed");
      },
    });
    await expect(failing).rejects.toThrow("the listener failed");
    expect((await kernel.execute("3")).status).toBe("ok");
  });

  test("frames that are no message are not answered; the next request is", async () => {
    await kernel.sendFrames("shell", [
      Buffer.from("<IDS|MSG>"),
      Buffer.from("bad"),
      ...["{}", "{}", "{}", "{}"].map((part) => Buffer.from(part)),
    ]);
    await kernel.sendFrames("control", [Buffer.from("nonsense")]);
    expect((await kernel.execute("4")).status).toBe("ok");
  });

  test("the connection file is for its owner's eyes only", () => {
    expect(statSync(kernel.connectionFile).mode & 0o777).toBe(0o600);
  });
});

describe("the kernel's life", { timeout: MINUTE }, () => {
  let kernel: KernelClient | undefined;
  afterEach(() => kernel?.kill());

  test("shutdown ends the process and removes the connection file", async () => {
    const connectionDir = folder();
    kernel = await startKernel({ spec, connectionDir });
    const { pid } = kernel;
    expect(readdirSync(connectionDir)).toHaveLength(1);
    await kernel.shutdown();
    expect(isRunning(pid)).toBe(false);
    expect(readdirSync(connectionDir)).toEqual([]);
    await expect(kernel.execute("1")).rejects.toThrow(KernelDiedError);
  });

  test("a restarted kernel answers on the same connection and has forgotten everything", async () => {
    kernel = await startKernel({ spec });
    const { pid, connectionFile } = kernel;
    await kernel.execute("globalThis.kept = 1");
    await kernel.restart();
    expect(isRunning(pid)).toBe(false);
    expect(kernel.pid).not.toBe(pid);
    expect(existsSync(connectionFile)).toBe(true);
    const { executionCount, outputs } = await kernel.execute('"kept" in globalThis');
    expect(executionCount).toBe(1);
    expect(outputs[0]!.content).toMatchObject({ data: { "text/plain": "false" } });
  });

  test("a kernel that dies while a cell runs rejects what waits for it", async () => {
    kernel = await startKernel({ spec });
    const running = kernel.execute("for (;;);");
    await sleep(200);
    process.kill(kernel.pid, "SIGKILL");
    await expect(running).rejects.toThrow(KernelDiedError);
    await expect(running).rejects.toThrow("the kernel's process ended (signal SIGKILL)");
    expect(existsSync(kernel.connectionFile)).toBe(false);
  });

  test("a program that ends at once is an error with its exit code and its last words", async () => {
    const connectionDir = folder();
    const start = startKernel({ ...node('console.error("no such option"); process.exit(3)'), connectionDir });
    await expect(start).rejects.toThrow(
      /the kernel's process ended \(exit code 3\); the kernel wrote:\n {2}no such option$/,
    );
    expect(readdirSync(connectionDir)).toEqual([]);
  });

  test("a program that never answers is an error with its last words, and is ended", async () => {
    const start = startKernel({
      ...node("console.log(process.pid); setInterval(() => {}, 1000)"),
      startTimeout: 1500,
    });
    const error = await start.catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(KernelTimeoutError);
    expect((error as Error).message).toMatch(
      /^startKernel: no answer within 1\.5 s; the kernel wrote:\n {2}\d+$/,
    );
    expect(isRunning(Number(/\d+$/.exec((error as Error).message)![0]))).toBe(false);
  });

  test("a program that is missing, and one without a place for the connection file, are named", async () => {
    await expect(startKernel({ argv: ["no-such-kernel", "{connection_file}"] })).rejects.toThrow(
      "startKernel: no-such-kernel: spawn no-such-kernel ENOENT",
    );
    await expect(startKernel({ argv: ["node", "main.js"] })).rejects.toThrow(
      'startKernel: argv: expected a word with {connection_file}, got ["node","main.js"]',
    );
  });

  test("a kernel that finds its port taken is started again with other ports", async () => {
    const [main, ...words] = spec.argv.slice(1);
    const clumsy = join(folder(), "clumsy.js");
    const text = `
      const { existsSync, writeFileSync } = require("node:fs");
      const tried = __filename + ".tried";
      if (existsSync(tried)) require(${JSON.stringify(main)});
      else {
        writeFileSync(tried, "");
        throw new Error("Address already in use");
      }`;
    writeFileSync(clumsy, text);
    kernel = await startKernel({ argv: [process.execPath, clumsy, ...words] });
    expect(existsSync(`${clumsy}.tried`)).toBe(true);
    expect((await kernel.execute("1")).status).toBe("ok");
  });
});

test("free ports are free and differ", async () => {
  const ports = await freePorts(50);
  expect(new Set(ports).size).toBe(50);
  const server = createServer().listen(ports[7], "127.0.0.1");
  await once(server, "listening");
  server.close();
});

describe.skipIf(process.platform === "win32")(
  "when the client's own process ends",
  { timeout: MINUTE },
  () => {
    const client = resolve(__dirname, "../../dist/jupyter/client.js");
    const program = (last: string) => `
    const { startKernel } = require(${JSON.stringify(client)});
    startKernel(${JSON.stringify({ spec })}).then((kernel) => {
      console.log(JSON.stringify({ pid: kernel.pid, file: kernel.connectionFile }));
      kernel.execute("for (;;);");
      ${last}
    });`;

    async function end(last: string, signal?: NodeJS.Signals): Promise<void> {
      const child = spawn(process.execPath, ["-e", program(last)], { stdio: ["ignore", "pipe", "ignore"] });
      const [line] = (await once(child.stdout!.setEncoding("utf8"), "data")) as [string];
      const { pid, file } = JSON.parse(line) as { pid: number; file: string };
      await sleep(200);
      if (signal) child.kill(signal);
      await waitUntil(() => !isRunning(pid) && !existsSync(file));
    }

    test("by exit, no kernel and no connection file is left", () =>
      end("setTimeout(() => process.exit(0), 100)"));
    test("by an error that nobody catches, neither", () =>
      end('setTimeout(() => { throw new Error("x"); }, 100)'));
    test("by Ctrl-C, neither", () => end("", "SIGINT"));
    test("by kill -9, neither", () => end("", "SIGKILL"));
  },
);
