import { describe, expect, test } from "vitest";
import { type KernelClient, startKernel } from "../../src/jupyter/client";
import { argv, emptyFolder, result, text } from "./kernel";
import { descendants, untilGone } from "./processes";

const MINUTE = 60_000;
const HEAP = { NODE_OPTIONS: "--max-old-space-size=256" };

async function withKernel(
  env: Record<string, string>,
  use: (client: KernelClient) => Promise<void>,
): Promise<void> {
  const client = await startKernel({ argv, cwd: emptyFolder(), env });
  try {
    await use(client);
  } finally {
    await client.kill();
  }
}

const run = (client: KernelClient, code: string) => client.execute(code, { timeout: MINUTE });

describe("a cell that fills the heap ends with an error that names the limit; variables and the kernel live on", () => {
  test.each([
    ["objects", "const kept2: object[] = []; for (let i = 0; ; i++) kept2.push({ i });"],
    ["strings", 'const kept2: string[] = []; for (let i = 0; ; i++) kept2.push("x".repeat(1000) + i);'],
    [
      "objects after an await",
      "await null; const kept2: object[] = []; for (let i = 0; ; i++) kept2.push({ i });",
    ],
    ["entries of maps", "const kept2: Map<number, number>[] = []; for (;;) kept2.push(new Map([[1, 2]]));"],
  ])("%s", { timeout: MINUTE }, async (_, code) => {
    await withKernel(HEAP, async (client) => {
      await run(client, 'let kept = "state";');
      const { reply } = await run(client, `try { ${code} } finally { }`);
      expect(reply).toMatchObject({ status: "error", ename: "RangeError" });
      expect(reply.evalue).toMatch(
        /^heap limit of [34]\d\d MiB reached: the cell was stopped when .* took (19|2\d)\d MiB/,
      );
      expect(result(await run(client, "kept"))).toBe("'state'");
      expect(
        text(await run(client, "for (let i = 0; i < 1000; i++) console.log(i)")).split("\n"),
      ).toHaveLength(1001);
    });
  });

  test("growing one string is V8's own error", { timeout: MINUTE }, async () => {
    await withKernel(HEAP, async (client) => {
      const { reply } = await run(client, 'let s = "x"; for (;;) s += s;');
      expect(reply).toMatchObject({ ename: "RangeError", evalue: "Invalid string length" });
    });
  });

  test("garbage that has grown old is no error either", { timeout: MINUTE }, async () => {
    await withKernel(HEAP, async (client) => {
      const code = `const ring = new Array<object>(3_400_000);
for (let i = 0; i < 12 * ring.length; i++) ring[i % ring.length] = { i };
ring.length`;
      expect(result(await run(client, code))).toBe("3400000");
    });
  });

  test("garbage alone is never an error", { timeout: MINUTE }, async () => {
    await withKernel(HEAP, async (client) => {
      const code =
        "let sum = 0; for (let i = 0; i < 6e5; i++) sum += Array.from({ length: 20 }, () => ({ i })).length; sum";
      expect(result(await run(client, code))).toBe("12000000");
    });
  });
});

describe("a cell that fills the memory outside of the heap", () => {
  test("ends with an error that names the limit which the hub grants", { timeout: MINUTE }, async () => {
    await withKernel({ MEM_LIMIT: String(800 * 2 ** 20) }, async (client) => {
      await run(client, "let kept = 7;");
      const hoard = "const arrays: Float64Array[] = []; for (;;) arrays.push(new Float64Array(1e5).fill(1));";
      const { reply } = await run(client, `{ ${hoard} }`);
      expect(reply).toMatchObject({ status: "error", ename: "RangeError" });
      expect(reply.evalue).toMatch(
        /^memory limit of 800 MiB reached: the cell was stopped when the kernel took \d+ MiB/,
      );
      expect(result(await run(client, "kept"))).toBe("7");
    });
  });

  test("typed arrays that are garbage are no error", { timeout: MINUTE }, async () => {
    await withKernel({ MEM_LIMIT: String(800 * 2 ** 20) }, async (client) => {
      const code = "let sum = 0; for (let i = 0; i < 3000; i++) sum += new Float64Array(1e5).fill(1)[7]; sum";
      expect(result(await run(client, code))).toBe("3000");
    });
  });
});

describe("a process that V8 ends at once, where one array outgrows the heap between two looks,", () => {
  test("has its cell's error and reply sent all the same, leaves nothing behind, and starts anew on its ports", {
    timeout: MINUTE,
  }, async () => {
    await withKernel(HEAP, async (client) => {
      await run(client, "1");
      const children = descendants(client.pid);
      const ended = client.exited;
      const { reply, outputs } = await run(
        client,
        "let numbers = new Array<number>(2e7).fill(0.5); for (;;) numbers = numbers.concat(numbers);",
      );
      expect(reply).toMatchObject({ status: "error", ename: "RangeError", execution_count: 2 });
      expect(reply.evalue).toMatch(/^heap limit of [34]\d\d MiB reached/);
      expect(outputs.map(({ header }) => header.msg_type)).toContain("error");
      // Where the watch was quicker than V8, the cell alone was stopped.
      if (!/process ended/.test(reply.evalue as string)) return;
      expect(await ended).toMatch(/^signal SIG/);
      await untilGone(children, 2000);
      await client.restart();
      expect(result(await run(client, "1 + 1"))).toBe("2");
    });
  });
});
