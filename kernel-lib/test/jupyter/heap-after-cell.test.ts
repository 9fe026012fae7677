import { describe, expect, test, vi } from "vitest";
import { type KernelClient, startKernel } from "../../src/jupyter/client";
import type { Message } from "../../src/jupyter/protocol";
import { argv, emptyFolder, result, sleep } from "./kernel";
import { descendants, untilGone } from "./processes";

const MINUTE = 60_000;
const REACHED = /^heap limit of [34]\d\d MiB reached: the cell was stopped when .* took (19|2\d)\d MiB/;
const fill = "for (let i = 0; ; i++) keep.push({ i });";

type Watched = {
  client: KernelClient;
  errors: Message[];
  run(code: string): ReturnType<KernelClient["execute"]>;
  /** Runs a cell that ends well, and gives the error that comes for it later; none where the process ends without. */
  late(code: string): Promise<string>;
};

async function withKernel(use: (kernel: Watched) => Promise<void>): Promise<void> {
  const errors: Message[] = [];
  const client = await startKernel({
    argv,
    cwd: emptyFolder(),
    env: { NODE_OPTIONS: "--max-old-space-size=256" },
    onMessage: (channel, message) => {
      if (channel === "iopub" && message.header.msg_type === "error") errors.push(message);
    },
  });
  const run = (code: string) => client.execute(code, { timeout: MINUTE });
  async function late(code: string): Promise<string> {
    const { outputs } = await run(code);
    const cell = outputs.find(({ header }) => header.msg_type === "execute_result")!.parent_header.msg_id;
    const told = vi.waitFor(() => expect(errors).toHaveLength(1), MINUTE / 2);
    await Promise.race([told, client.exited.then(() => sleep(2000))]);
    if (errors.length === 0) return "";
    expect(errors[0]!.parent_header.msg_id).toBe(cell);
    return String(errors[0]!.content.evalue);
  }
  try {
    await use({ client, errors, run, late });
  } finally {
    await client.kill();
  }
}

describe("code that fills the heap after its cell has ended is stopped, with an error in its cell", () => {
  test.each([
    ["a timer again and again", "setInterval(() => { keep.push(new Array(1e5).fill(1)); ticks++; }, 1); 1"],
    ["a timer at once", `setTimeout(() => { ${fill} }, 20); 1`],
    ["a promise", `void (async () => { await new Promise((go) => setTimeout(go, 20)); ${fill} })(); 1`],
    [
      "a promise that goes on by steps",
      `void (async () => { for (;;) { await new Promise((go) => setTimeout(go, 1)); for (let i = 0; i < 1e5; i++) keep.push({ i }); } })(); 1`,
    ],
  ])("%s", { timeout: MINUTE }, async (_, code) => {
    await withKernel(async ({ late, run, errors }) => {
      await run('let kept = "state"; let ticks = 0; const keep: unknown[] = [];');
      expect(await late(code)).toMatch(REACHED);
      const before = result(await run("ticks"));
      await run("await new Promise((go) => setTimeout(go, 50))");
      expect(result(await run("ticks"))).toBe(before);
      expect(result(await run("keep.length = 0; kept"))).toBe("'state'");
      expect(errors).toHaveLength(1);
    });
  });

  test("a timer, while the next cell waits: that one goes on", { timeout: MINUTE }, async () => {
    await withKernel(async ({ late, run }) => {
      const started = run(
        "const keep: unknown[] = []; const later = new Promise<number>((go) => setTimeout(go, 4000, 7)); 1",
      );
      await started;
      const error = late("setInterval(() => { keep.push(new Array(1e5).fill(1)); }, 1); 1");
      expect(result(await run("await later"))).toBe("7");
      expect(await error).toMatch(REACHED);
    });
  });

  test("a comm's handler", { timeout: MINUTE }, async () => {
    await withKernel(async ({ client, run, errors }) => {
      const { outputs } = await run(
        `const keep: unknown[] = []; const host = (globalThis as any)[Symbol.for("jupyter.kernel")];
host.comms.registerTarget("hoard", () => { ${fill} }); 1`,
      );
      await client.notify("comm_open", { comm_id: "c", target_name: "hoard", data: {} }, MINUTE);
      expect(errors.map(({ content }) => content.evalue)).toEqual([expect.stringMatching(REACHED)]);
      expect(errors[0]!.parent_header.msg_id).toBe(outputs[0]!.parent_header.msg_id);
      expect(result(await run("1 + 1"))).toBe("2");
    });
  });

  test("and a timer that makes garbage now and then is not", { timeout: MINUTE }, async () => {
    await withKernel(async ({ run, errors }) => {
      await run(
        `const live = new Array<object>(47e5); for (let i = 0; i < 47e5; i++) live[i] = { i }; let most = 0;
setInterval(() => { new Array(1e5).fill(1); most = Math.max(most, process.memoryUsage().heapUsed / 2 ** 20); }, 20);`,
      );
      await new Promise((go) => setTimeout(go, 4000));
      expect(errors).toEqual([]);
      expect(Number(result(await run("most")))).toBeGreaterThan(190);
    });
  });
});

describe("where V8 ends the process at once, nothing is left and it starts anew; the cell has the error if the memory was seen to grow", () => {
  test.each([
    [
      "one array",
      "setTimeout(() => { let numbers = new Array<number>(2e7).fill(0.5); for (;;) numbers = numbers.concat(numbers); }, 50); 1",
    ],
    [
      "large arrays",
      "const keep: unknown[] = []; setInterval(() => { keep.push(new Array(1e6).fill(1)); }, 1); 1",
    ],
  ])("%s", { timeout: MINUTE }, async (_, code) => {
    await withKernel(async ({ client, run, late }) => {
      await run("1");
      const children = descendants(client.pid);
      const ended = client.exited;
      const error = await late(code);
      // V8 may be quicker than the first look at the memory.
      if (error !== "") expect(error).toMatch(/^heap limit of [34]\d\d MiB reached/);
      // Where the watch was quicker than V8, the code alone was stopped.
      if (error !== "" && !/process ended/.test(error)) return;
      expect(await ended).toMatch(/^signal SIG/);
      await untilGone(children, 2000);
      await client.restart();
      expect(result(await run("1 + 1"))).toBe("2");
    });
  });
});
