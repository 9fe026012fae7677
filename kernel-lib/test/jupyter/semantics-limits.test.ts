import { describe, expect, test } from "vitest";
import { result, text, useKernel } from "./kernel";

const kernel = useKernel();
const shown = async (code: string) => String(result(await kernel.run(code)));

describe("an interrupt runs", () => {
  const log = (words: string) => `ran.push("${words}");`;

  test.each([
    ["a loop", `try { console.log(); for (;;); } catch { ${log("catch")} } finally { ${log("finally")} }`],
    [
      "an await",
      `try { console.log(); await new Promise(() => {}); } catch { ${log("catch")} } finally { ${log("finally")} }`,
    ],
    [
      "a cell with using",
      `using held = { [Symbol.dispose]() { ${log("disposed")} } }; console.log(); for (;;) await null;`,
    ],
  ])("no finally, catch or disposer of %s", async (_, code) => {
    await kernel.run("const ran: string[] = []");
    let begun!: () => void;
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const running = kernel.run(code, { onOutput: () => begun() });
    await beginning;
    await kernel.client.interrupt();
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
    expect(await shown("await new Promise((done) => setTimeout(done, 10)); ran")).toBe("[]");
  });
});

test("a named import is copied when the cell runs; a namespace sees later values", async () => {
  kernel.write("live.mjs", "export let counter = 0; export const bump = () => void counter++;");
  expect(await shown('import { counter, bump } from "./live.mjs"; bump(); counter')).toBe("0");
  expect(await shown('import * as live from "./live.mjs"; live.bump(); live.counter')).toBe("2");
});

test("callbacks of Node.js other than timers and promises write to the newest cell", async () => {
  await kernel.run(
    'import { once } from "node:events"; const { port1, port2 } = new MessageChannel(); port1.on("message", (sent) => console.log(sent));',
  );
  const newest = await kernel.run('port2.postMessage("said"); await once(port1, "message"); port1.close()');
  expect(text(newest)).toBe("said\n");
});

test("a child process with inherited streams writes past the cell; with pipes its text is a value", async () => {
  const inherited = await kernel.run(
    'import { spawnSync } from "node:child_process"; const code = "console.log(1)"; spawnSync(process.execPath, ["-e", code], { stdio: "inherit" }).status',
  );
  expect([text(inherited), result(inherited)]).toEqual(["", "0"]);
  expect(await shown('String(spawnSync(process.execPath, ["-e", code], { stdio: "pipe" }).stdout)')).toBe(
    "'1\\n'",
  );
});
