import { Session } from "node:inspector";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LanguageServer, LanguageServerError } from "../../../src/jupyter/compiler/language-server";

let server: LanguageServer;

beforeEach(() => {
  server = new LanguageServer(process.execPath, ["-e", "process.stdin.resume()"], process.cwd(), {}, 1000);
});

afterEach(() => server.kill("the test is over"));

/** What the heap holds after its garbage is collected, in MB. */
async function heldMegabytes(): Promise<number> {
  const session = new Session();
  session.connect();
  // V8 collects in a task of its own, when nothing is on the stack.
  await new Promise((done) => session.post("HeapProfiler.collectGarbage", done));
  session.disconnect();
  return process.memoryUsage().heapUsed / 1e6;
}

test("work that would never end fails when the server ends, and at once when it has ended", async () => {
  const never = new Promise<never>(() => {});
  const work = server.whileAlive(never);
  server.kill("killed by the test");
  await expect(work).rejects.toThrow(LanguageServerError);
  await expect(server.whileAlive(never)).rejects.toThrow("killed by the test");
});

test("work that fails by itself says why", async () => {
  await expect(server.whileAlive(Promise.reject(new Error("its own")))).rejects.toThrow("its own");
});

test("nothing is kept of work that has ended, however long the server lives", async () => {
  const before = await heldMegabytes();
  for (let i = 0; i < 100; i += 1) await server.whileAlive(Promise.resolve(new Array(100_000).fill(i + 0.5)));
  expect((await heldMegabytes()) - before).toBeLessThan(20);
});
