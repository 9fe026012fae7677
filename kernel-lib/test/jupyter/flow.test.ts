import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import { type Counted, FLOW_BYTES, FlowReader, limitFlow } from "../../src/jupyter/flow";
import type { RunnerReport } from "../../src/jupyter/runner/messages";

const clear: RunnerReport = { type: "clear", cell: 1, wait: false, position: 0 };
const showing = (bytes: number): RunnerReport => ({
  type: "display",
  cell: 1,
  content: new Uint8Array(bytes),
  update: false,
  position: 0,
});

let worker: Worker | undefined;
afterEach(() => worker?.terminate());

/** Starts a thread that sends a report again and again, and collects what arrives. */
function flood(report: RunnerReport): { shared: SharedArrayBuffer; arrived: Counted[] } {
  const shared = new SharedArrayBuffer(FLOW_BYTES);
  const arrived: Counted[] = [];
  const flow = require.resolve("../../dist/jupyter/flow.js");
  worker = new Worker(
    `const { parentPort, workerData: { flow, shared, report } } = require("node:worker_threads");
const send = require(flow).limitFlow(shared, (counted) => parentPort.postMessage(counted));
for (;;) send(report);`,
    { eval: true, workerData: { flow, shared, report } },
  );
  worker.on("message", (message: Counted) => arrived.push(message));
  return { shared, arrived };
}

/** Waits until nothing more has arrived for a while. */
async function quiet(arrived: readonly unknown[]): Promise<number> {
  for (let before = -1; arrived.length === 0 || arrived.length !== before; ) {
    before = arrived.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return arrived.length;
}

test("a sender without end sleeps when 256 messages are on their way, and goes on when they were taken", async () => {
  const { shared, arrived } = flood(clear);
  expect(await quiet(arrived)).toBe(256);
  const reader = new FlowReader(shared);
  for (const message of arrived) reader.took(message);
  expect(await quiet(arrived)).toBe(512);
});

test("large contents count by their bytes; one that is larger than all room passes alone", async () => {
  const { arrived } = flood(showing(4_000_000));
  expect(await quiet(arrived)).toBe(5);
  await worker?.terminate();
  const large = flood(showing(40_000_000));
  expect(await quiet(large.arrived)).toBe(1);
});

test("what ends a cell or wakes the reader never waits", () => {
  const shared = new SharedArrayBuffer(FLOW_BYTES);
  const sent: Counted[] = [];
  const send = limitFlow(shared, (report) => sent.push(report));
  for (let i = 0; i < 256; i++) send(clear);
  send({ type: "wake" });
  send({ type: "idle", evaluation: 1 });
  expect(sent.slice(256)).toEqual([{ type: "wake" }, { type: "idle", evaluation: 1 }]);
});

test("a message that was sent when its sender was ended is forgotten with the next one", async () => {
  const shared = new SharedArrayBuffer(FLOW_BYTES);
  const sent: Counted[] = [];
  const send = limitFlow(shared, (report) => {
    sent.push(report);
    if (sent.length % 2 === 1) throw new Error("ended");
  });
  const reader = new FlowReader(shared);
  for (let i = 0; i < 1000; i++) {
    expect(() => send(clear)).toThrow("ended");
    send(clear);
    for (const message of sent.splice(0)) reader.took(message);
    sent.length = 0;
    await turn();
    const [written, taken] = new Int32Array(shared);
    expect(written).toBe(taken);
  }
});
