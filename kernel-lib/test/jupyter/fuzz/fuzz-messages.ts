import type { KernelClient } from "../../../src/jupyter/client";
import { Channels } from "../../../src/jupyter/client/channels";
import type { Message } from "../../../src/jupyter/protocol";
import { openWire } from "../../../src/jupyter/wire";
import { rng } from "../../../src/math/random";
import { type FuzzedMessage, fuzzedMessage } from "./messages";

const BATCH = 50;
const PATIENCE_MS = 20_000;
/** Requests that the protocol answers with a reply; each other known message is only framed by busy and idle. */
const REPLIED =
  /^(execute|complete|inspect|is_complete|history|comm_info|kernel_info|connect|interrupt)_request$/;
const FRAMED = /^comm_(open|msg|close)$/;

/** What came of the messages: how many the protocol wants answered, and how many were. */
export type MessageTally = { sent: number; demanded: number; replied: number; idle: number };

/** Sends `count` broken messages to a kernel. Throws an error that names the first message without its answer. */
export async function fuzzMessages(
  client: KernelClient,
  { seed, count }: { seed: number; count: number },
): Promise<MessageTally> {
  const random = rng(seed);
  const { connection } = client;
  const wire = openWire(connection.key, connection.signature_scheme);
  const tally = { sent: 0, demanded: 0, replied: 0, idle: 0 };
  const replies = new Map<string, number>();
  const idles = new Map<string, number>();
  let arrived = () => {};
  const channels = new Channels(
    connection,
    (channel, { header, parent_header, content }) => {
      const id = String(parent_header.msg_id);
      if (channel !== "iopub") replies.set(id, (replies.get(id) ?? 0) + 1);
      else if (header.msg_type === "status" && content.execution_state === "idle")
        idles.set(id, (idles.get(id) ?? 0) + 1);
      arrived();
    },
    (error) => {
      throw error;
    },
  );
  const until = async (met: () => boolean, missing: () => string): Promise<void> => {
    const deadline = performance.now() + PATIENCE_MS;
    while (!met()) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
        setTimeout(resolve, 100);
      });
      if (performance.now() > deadline)
        throw new Error(`fuzzMessages: seed ${seed}: ${missing()}\n${client.processOutput.slice(-2000)}`);
      if (!client.running)
        throw new Error(
          `fuzzMessages: seed ${seed}: the kernel died after ${tally.sent} messages\n${client.processOutput.slice(-4000)}`,
        );
    }
  };
  const ask = async (channel: "shell" | "control"): Promise<void> => {
    const { msg_id } = channels.send(channel, "kernel_info_request", {}).header;
    await until(
      () => replies.has(msg_id) && idles.has(msg_id),
      () => `${channel} does not answer after ${tally.sent} messages`,
    );
  };

  try {
    for (let asked = 0; asked < 3; asked++) await client.kernelInfo();
    await ask("shell").catch(() => ask("shell"));
    for (let start = 0; start < count; start += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, count - start) }, () =>
        fuzzedMessage(random, connection.key),
      );
      const demands = new Map<string, { replies: number; idles: number; messages: string[] }>();
      for (const { channel, frames } of batch) {
        const message = parsed(wire, { channel, frames });
        void channels.sendFrames(channel, frames);
        tally.sent++;
        if (!message) continue;
        const { msg_id: id, msg_type: type } = message.header;
        const demand = demands.get(id) ?? {
          replies: replies.get(id) ?? 0,
          idles: idles.get(id) ?? 0,
          messages: [],
        };
        if (REPLIED.test(type)) demand.replies++;
        if (REPLIED.test(type) || FRAMED.test(type)) demand.idles++;
        demand.messages.push(frames.map((frame) => frame.toString("utf8", 0, 200)).join(" "));
        demands.set(id, demand);
        tally.demanded += REPLIED.test(type) ? 1 : 0;
      }
      for (const channel of ["shell", "control"] as const) await ask(channel);
      const unmet = () =>
        [...demands].find(
          ([id, demand]) => (replies.get(id) ?? 0) < demand.replies || (idles.get(id) ?? 0) < demand.idles,
        );
      await until(
        () => unmet() === undefined,
        () =>
          `no answer to ${JSON.stringify(unmet()![1])}, got ${replies.get(unmet()![0])} replies, ${idles.get(unmet()![0])} idle`,
      );
      for (const [id] of demands) {
        tally.replied += replies.get(id) ?? 0;
        tally.idle += idles.get(id) ?? 0;
      }
      replies.clear();
      idles.clear();
    }
    return tally;
  } finally {
    channels.close();
  }
}

/** The message as the kernel must read it, or undefined where it must drop it. */
function parsed(wire: ReturnType<typeof openWire>, { channel, frames }: FuzzedMessage): Message | undefined {
  try {
    const message = wire.parse(frames);
    return channel === "stdin" ? undefined : message;
  } catch {
    return undefined;
  }
}
