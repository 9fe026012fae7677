import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Execution } from "../../src/jupyter/client";
import { result, sleep, text, types, useKernel } from "./kernel";

process.env.TYPESCRIPT_KERNEL_SHELL = "1";
const kernel = useKernel();

/** Processes whose command line holds a word. */
function processesWith(word: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return pid !== process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(word);
      } catch {
        return false;
      }
    });
}

/** Starts a command, and waits for its first output. */
async function begin(command: string): Promise<{ ended: Promise<Execution> }> {
  let ended!: Promise<Execution>;
  await new Promise<void>((begun) => {
    ended = kernel.run(command, { onOutput: () => begun() });
  });
  return { ended };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

describe("a shell command that is allowed", () => {
  test("runs in the notebook's folder, and both streams are shown in order", async () => {
    kernel.write("नोट.txt", "नमस्ते\n");
    const ran = await kernel.run("!cat नोट.txt; pwd; echo wrong >&2");
    expect(text(ran)).toBe(`नमस्ते\n${kernel.folder}\n`);
    expect(text(ran, "stderr")).toBe("wrong\n");
  });

  test("runs in its turn among statements, and the result is theirs", async () => {
    const ran = await kernel.run('console.log("first")\n!echo second\nconsole.log("third")\n4');
    expect(text(ran)).toBe("first\nsecond\nthird\n");
    expect(result(ran)).toBe("4");
  });

  test("shows its output while it runs", async () => {
    const seen: string[] = [];
    await kernel.run("!echo early; while [ ! -e go ]; do sleep 0.02; done; echo late", {
      onOutput: ({ content }) => {
        seen.push(String(content.text));
        kernel.write("go", "");
      },
    });
    expect(seen).toEqual(["early\n", "late\n"]);
  });

  test("keeps a letter whole that comes in two pieces", async () => {
    const ran = await kernel.run("!printf '\\303'; sleep 0.1; printf '\\251\\n'");
    expect(text(ran)).toBe("é\n");
  });

  test("has no input to wait for", async () => {
    expect((await kernel.run("!cat")).status).toBe("ok");
  });

  test("in a block is refused with its place, not as one that is off", async () => {
    const { evalue } = (await kernel.run("for (const i of [1]) {\n  !echo in loop\n}")).reply;
    expect(evalue).toContain("meant for the shell: it must stand at the beginning of a line at the top");
    expect(evalue).not.toContain("off");
  });

  test("that fails fails the cell with its exit code", async () => {
    const failed = await kernel.run('!exit 3\nconsole.log("not reached")');
    expect(failed.reply).toMatchObject({ ename: "ShellError", evalue: "exit 3: ended with exit code 3" });
    expect(text(failed)).toBe("");
    expect(result(await kernel.run("!false || true\n1"))).toBe("1");
  });

  test("is stopped by an interrupt, with what it started", async () => {
    const { ended } = await begin("!sleep 54321.1 & echo begun; sleep 54321.2; echo not reached");
    await kernel.client.interrupt();
    const stopped = await ended;
    expect(stopped.reply.ename).toBe("KeyboardInterrupt");
    expect(text(stopped)).toBe("begun\n");
    await until(() => processesWith("54321").length === 0);
    expect(types(await kernel.run("1"))).toEqual(["execute_result"]);
  });

  test("that ignores the interrupt is ended after a second", async () => {
    const { ended } = await begin("!trap '' INT; echo deaf; while true; do sleep 0.05; done # 54322");
    await kernel.client.interrupt();
    expect((await ended).reply.ename).toBe("KeyboardInterrupt");
    expect(processesWith("54322")).toEqual([]);
  });

  test("does not outlive a kernel that is killed", async () => {
    const { startKernel } = await import("../../src/jupyter/client");
    const { argv } = await import("./kernel");
    const client = await startKernel({ argv, cwd: kernel.folder });
    const running = client.execute("!sleep 54323").catch(() => undefined);
    await until(() => processesWith("54323").length > 0);
    const [kernelPid] = processesWith(client.connectionFile);
    process.kill(kernelPid!, "SIGKILL");
    await until(() => processesWith("54323").length === 0);
    await running;
    await client.shutdown().catch(() => undefined);
  });
});
