import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Router, XPublisher } from "zeromq";
import { address, type Connection } from "./connection";
import type { WitnessLine, WrittenMessage } from "./last-words";

/** How long the clients may take to connect anew, in ms. The kernel that is started next binds the same ports. */
const PATIENCE_MS = 1000;
const RETRY_MS = 20;
/** Clients that lost the kernel at the same time try to connect every 100 to 200 ms, so that the last one is there so long after the first. */
const OTHERS_MS = 150;

/** Waits for the end of the kernel, which holds the other end of the standard input, and says its last words. */
async function main(): Promise<void> {
  let connection: Connection | undefined;
  let messages: WrittenMessage[] = [];
  for await (const text of createInterface({ input: process.stdin })) {
    const line = JSON.parse(text) as WitnessLine;
    if ("connection" in line) connection = line.connection;
    else messages = line.messages;
  }
  if (!connection || messages.length === 0) return;
  const deadline = performance.now() + PATIENCE_MS;
  await Promise.all([publish(connection, messages, deadline), reply(connection, messages, deadline)]);
}

/** Publishes as soon as the clients have subscribed: a server has several, and only one of them is a front end's. */
async function publish(connection: Connection, messages: WrittenMessage[], deadline: number): Promise<void> {
  const socket = new XPublisher({ linger: RETRY_MS, verbosity: "allSubs" });
  await insist(() => socket.bind(address(connection, "iopub")), deadline);
  await subscribed(socket, deadline);
  for (const { frames } of messages.filter(({ channel }) => channel === "iopub"))
    await socket.send(decoded(frames));
  await sleep(RETRY_MS);
  socket.close();
}

/** Resolves when clients have subscribed and no more of them come. */
async function subscribed(socket: XPublisher, deadline: number): Promise<void> {
  for (let patience = Number.POSITIVE_INFINITY; ; patience = OTHERS_MS) {
    socket.receiveTimeout = Math.max(1, Math.min(patience, deadline - performance.now()));
    try {
      await socket.receive();
    } catch {
      return;
    }
  }
}

/** Sends the replies as soon as the client that asked is there. */
async function reply(connection: Connection, messages: WrittenMessage[], deadline: number): Promise<void> {
  for (const channel of ["shell", "control"] as const) {
    const replies = messages.filter((message) => message.channel === channel);
    if (replies.length === 0) continue;
    const socket = new Router({ linger: RETRY_MS, mandatory: true });
    await insist(() => socket.bind(address(connection, channel)), deadline);
    for (const { frames } of replies) await insist(() => socket.send(decoded(frames)), deadline);
    await sleep(RETRY_MS);
    socket.close();
  }
}

/** Tries again: a process that has just ended may hold its ports for a moment, and clients are not there at once. */
async function insist(attempt: () => Promise<void>, deadline: number): Promise<void> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(RETRY_MS);
    }
  }
}

function decoded(frames: string[]): Buffer[] {
  return frames.map((frame) => Buffer.from(frame, "base64"));
}

main().catch(() => {
  process.exitCode = 1;
});
