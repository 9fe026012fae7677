import { expect, onTestFinished, test } from "vitest";
import { isAlive } from "../../setup/lock.mjs";
import { Lab, startBrowser } from "./lab";
import { writeNotebook } from "./sample";
import { startServer } from "./server";

test("with nothing missing, npm start has its address within five seconds", async () => {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    const server = await startServer();
    times.push((performance.now() - started) / 1000);
    await server.stop();
  }
  expect(Math.min(...times)).toBeLessThan(5);
});

test("Ctrl-C ends the server and its kernels, one in an endless loop too", async () => {
  const [server, browser] = await Promise.all([startServer(), startBrowser()]);
  onTestFinished(() => browser.close());
  writeNotebook("processes.ipynb", ["process.pid", "while (true) {}"]);
  const lab = await Lab.open(browser, server.address("processes.ipynb"));
  await lab.runCell(0);
  const pid = Number((await lab.codeCells())[0]?.outputs[0]?.text);
  expect(isAlive(pid)).toBe(true);
  await lab.startCell(1);
  await lab.busy();
  expect(await server.stop()).toBe(0);
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});
