import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Dealer, Subscriber } from "zeromq";
import { freePorts } from "../../src/jupyter/client/ports";
import { address, CHANNELS, type Connection } from "../../src/jupyter/connection";
import type { WitnessLine } from "../../src/jupyter/last-words";

const WITNESS = resolve(__dirname, "../../dist/jupyter/witness.js");
const base64 = (text: string) => Buffer.from(text).toString("base64");
const SOCKET = { linger: 0, reconnectInterval: 20, receiveTimeout: 5000 };

/** Starts a witness that has been told an error for iopub and a reply for a client on shell. */
async function startWitness(): Promise<{ connection: Connection; witness: ChildProcess; endKernel(): void }> {
  const ports = await freePorts(CHANNELS.length);
  const connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    ...Object.fromEntries(CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]])),
  } as Connection;
  const witness = spawn(process.execPath, [WITNESS], { stdio: ["pipe", "ignore", "inherit"] });
  const lines: WitnessLine[] = [
    { connection },
    {
      messages: [
        { channel: "iopub", frames: [base64("error")] },
        { channel: "shell", frames: [base64("client"), base64("reply")] },
      ],
    },
  ];
  const endKernel = () => {
    witness.stdin!.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  };
  return { connection, witness, endKernel };
}

function subscribe(connection: Connection): Subscriber {
  const iopub = new Subscriber(SOCKET);
  iopub.subscribe();
  iopub.connect(address(connection, "iopub"));
  return iopub;
}

test("the last words arrive also where the ended kernel's ports are free only a little later", async () => {
  const { connection, witness, endKernel } = await startWitness();
  const kernel = ["iopub", "shell"].map((channel) =>
    createServer().listen(connection[`${channel as "iopub"}_port`], "127.0.0.1"),
  );
  await Promise.all(kernel.map((server) => once(server, "listening")));
  const shell = new Dealer({ ...SOCKET, routingId: "client" });
  let iopub: Subscriber | undefined;
  try {
    endKernel();
    await sleep(500);
    for (const server of kernel) server.close();
    iopub = subscribe(connection);
    shell.connect(address(connection, "shell"));
    expect(String((await iopub.receive())[0])).toBe("error");
    expect(String((await shell.receive())[0])).toBe("reply");
  } finally {
    iopub?.close();
    shell.close();
    witness.kill("SIGKILL");
  }
});

test("each client hears the last words once, also one that connects a little later than the first", async () => {
  const { connection, witness, endKernel } = await startWitness();
  const clients = [subscribe(connection)];
  try {
    endKernel();
    await new Promise<void>((done) => clients[0]!.events.on("connect", () => done()));
    await sleep(20);
    clients.push(subscribe(connection));
    for (const client of clients) {
      expect(String((await client.receive())[0])).toBe("error");
      client.receiveTimeout = 100;
      await expect(client.receive()).rejects.toThrow();
    }
  } finally {
    for (const client of clients) client.close();
    witness.kill("SIGKILL");
  }
});
