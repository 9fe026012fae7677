import { rmSync } from "node:fs";
import { afterAll, beforeAll } from "vitest";
import { type KernelClient, startKernel } from "../../src/jupyter/client";
import type { Json, Message } from "../../src/jupyter/protocol";
import { newHeader, openWire } from "../../src/jupyter/wire";
import { argv, emptyFolder } from "./kernel";

const MINUTE = 60_000;

/** A kernel and a front end that keeps every message on iopub, also those that come after their request's end. */
export type FrontEnd = {
  client: KernelClient;
  /** All messages so far. */
  seen: Message[];
  /** Waits for a message, which may have come already. */
  until(matches: (message: Message) => boolean): Promise<Message>;
  /** Sends a message on the shell channel and returns its id. */
  send(type: string, content: Json, buffers?: Buffer[]): Promise<string>;
  /** Sends a message and gives what came until its `idle`. */
  tell(type: string, content: Json, buffers?: Buffer[]): Promise<Message[]>;
};

/** Starts a kernel for all tests of a file. */
export function useFrontEnd(): FrontEnd {
  const folder = emptyFolder();
  const watchers = new Set<() => void>();
  const seen: Message[] = [];

  const frontEnd = {
    seen,
    until: (matches) =>
      new Promise((resolve) => {
        const look = () => {
          const found = seen.find(matches);
          if (!found) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      }),
    async send(type, content, buffers = []) {
      const header = newHeader(type, "front-end", "client");
      const message = { identities: [], header, parent_header: {}, metadata: {}, content, buffers };
      const { client } = frontEnd;
      await client.sendFrames("shell", openWire(client.connection.key).serialize(message));
      return header.msg_id;
    },
    async tell(type, content, buffers) {
      const start = seen.length;
      await frontEnd.until(isIdle(await frontEnd.send(type, content, buffers)));
      return seen.slice(start);
    },
  } as FrontEnd;

  beforeAll(async () => {
    frontEnd.client = await startKernel({
      argv,
      cwd: folder,
      onMessage(channel, message) {
        if (channel !== "iopub") return;
        seen.push(message);
        for (const watcher of watchers) watcher();
      },
    });
  }, MINUTE);
  afterAll(async () => {
    await frontEnd.client?.shutdown();
    rmSync(folder, { recursive: true, force: true });
  }, MINUTE);
  return frontEnd;
}

/** Whether a message ends the work on a request. */
export const isIdle = (request: string) => (message: Message) =>
  message.parent_header.msg_id === request && message.content.execution_state === "idle";

/** Types of messages. */
export const typesOf = (messages: Message[]) => messages.map(({ header }) => header.msg_type);
