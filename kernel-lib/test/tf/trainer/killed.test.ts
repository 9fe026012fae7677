import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, it } from "vitest";

/** What the training ends with on the wasm backend and the wasm engine: on any machine, with any number of threads. */
const DIGEST = "e3797823c177610808d3b8131b336e450380c0151bfc08d960ed1b28f0a9bb26";

const folder = mkdtempSync(join(tmpdir(), "killed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the program until it ends, or until it says `killAt`, and kills it there; gives the lines it said. */
async function run(name: string, killAt?: string): Promise<string[]> {
  const env = { ...process.env, RNN_TF_BACKEND: "wasm", RNN_ENGINE: "wasm" };
  const program = spawn(process.execPath, [join(__dirname, "program.cjs"), join(folder, name)], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => program.on("close", (_, signal) => resolve(signal)));
  const lines: string[] = [];
  for await (const line of createInterface({ input: program.stdout })) {
    lines.push(line);
    if (line === killAt) program.kill("SIGKILL");
  }
  expect(await ended).toBe(killAt ? "SIGKILL" : null);
  return lines;
}

it("a training killed twice by kill -9 goes on to the bits of one that was left alone", async () => {
  const whole = await run("whole");
  expect(whole.at(-1)).toBe(`digest ${DIGEST}`);
  await run("killed", "step 11");
  expect((await run("killed", "step 26"))[0]).not.toBe("step 1");
  const last = await run("killed");
  expect(last[0]).not.toBe("step 1");
  expect(last.at(-1)).toBe(whole.at(-1));
});
