import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import * as zmq from "zeromq";
import { address, type Channel, type Connection } from "./connection";
import { log } from "./log";

/** What arrives on the channels. */
export type SocketHandlers = {
  message(channel: "shell" | "control" | "stdin", frames: Buffer[]): void;
  /** A client subscribed to a topic of iopub. */
  subscription(topic: string): void;
};

/** The kernel's five sockets. */
export type Sockets = {
  /** Starts to hand over what arrives. */
  listen(handlers: SocketHandlers): void;
  /** Queues a message, which is written when it leaves; those of one channel leave in the order of the calls. */
  send(channel: Exclude<Channel, "hb">, write: () => Buffer[]): void;
  /** Lets queued messages out, then closes. The process may only exit after this, or libzmq aborts it. */
  close(): Promise<void>;
};

/** How long a closed socket may still deliver, in ms. */
const LINGER_MS = 500;
const BIND_PATIENCE_MS = 1500;
const BIND_RETRY_MS = 50;
const RECEIVE_RETRY_MS = 10;

/** Binds the sockets of a connection. */
export async function openSockets(connection: Connection): Promise<Sockets> {
  const options = { linger: LINGER_MS };
  const sockets = {
    shell: new zmq.Router(options),
    control: new zmq.Router(options),
    stdin: new zmq.Router(options),
    // Without a limit: at its high water mark a publisher drops messages.
    iopub: new zmq.XPublisher({ ...options, sendHighWaterMark: 0, verbosity: "allSubs" }),
    hb: new zmq.Reply(options),
  };
  const closeAll = () => {
    for (const socket of Object.values(sockets)) socket.close();
  };
  const bound = await Promise.allSettled(
    Object.entries(sockets).map(async ([name, socket]) => {
      const at = address(connection, name as Channel);
      await bindPatiently(socket, at).catch((error: Error) => {
        throw new Error(`${at}: ${error.message}`, { cause: error });
      });
    }),
  );
  const failed = bound.find(({ status }) => status === "rejected");
  if (failed) {
    closeAll();
    throw (failed as PromiseRejectedResult).reason;
  }

  const queues = new Map<Channel, Promise<void>>();
  const endOfTurn = turns();

  return {
    listen(handlers) {
      for (const channel of ["shell", "control", "stdin"] as const)
        void forEachMessage(sockets[channel], (frames) => handlers.message(channel, frames));
      void forEachMessage(sockets.iopub, ([frame]) => {
        if (frame?.[0] === 1) handlers.subscription(frame.toString("utf8", 1));
      });
      void forEachMessage(sockets.hb, (frames) => sockets.hb.send(frames));
    },
    send(channel, write) {
      // One send after the other: zeromq.js refuses a second one while the first waits.
      const ready = Promise.all([queues.get(channel), endOfTurn()]);
      queues.set(channel, ready.then(() => sockets[channel].send(write())).catch(reportFailure));
    },
    async close() {
      await Promise.all(queues.values());
      closeAll();
    },
  };
}

/**
 * A function that gives a promise of the end of this turn of the event loop. Writing and sending take time; the type
 * checker, asked in the same turn, then works meanwhile.
 */
function turns(): () => Promise<void> {
  let turn: Promise<void> | undefined;
  return () => {
    turn ??= nextTurn().then(() => {
      turn = undefined;
    });
    return turn;
  };
}

/** Binds a socket; a kernel that was killed may have its port for a moment longer. */
async function bindPatiently(socket: { bind(at: string): Promise<void> }, at: string): Promise<void> {
  for (const deadline = performance.now() + BIND_PATIENCE_MS; ; )
    try {
      return await socket.bind(at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || performance.now() > deadline) throw error;
      await sleep(BIND_RETRY_MS);
    }
}

/** Hands over what a socket receives until it is closed, whatever goes wrong with one message. */
async function forEachMessage(
  socket: zmq.Readable & { readonly closed: boolean },
  handle: (frames: Buffer[]) => void | Promise<void>,
): Promise<void> {
  while (!socket.closed)
    try {
      for await (const frames of socket) await handle(frames as Buffer[]);
    } catch (error) {
      if (socket.closed) return;
      reportFailure(error);
      await sleep(RECEIVE_RETRY_MS);
    }
}

function reportFailure(error: unknown): void {
  log((error as Error).stack ?? String(error));
}
