import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { Dealer, Subscriber } from "zeromq";
import { freePorts } from "../../src/jupyter/client/ports";
import { address, CHANNELS, type Connection } from "../../src/jupyter/connection";
import type { WitnessLine } from "../../src/jupyter/last-words";

const WITNESS = resolve(__dirname, "../../dist/jupyter/witness.js");
const base64 = (text: string) => Buffer.from(text).toString("base64");

test("the last words arrive also where the ended kernel's ports are free only a little later", async () => {
  const ports = await freePorts(CHANNELS.length);
  const connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    ...Object.fromEntries(CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]])),
  } as Connection;
  const kernel = ["iopub", "shell"].map((channel) =>
    createServer().listen(connection[`${channel as "iopub"}_port`], "127.0.0.1"),
  );
  await Promise.all(kernel.map((server) => once(server, "listening")));
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
  const options = { linger: 0, reconnectInterval: 20, receiveTimeout: 5000 };
  const iopub = new Subscriber(options);
  const shell = new Dealer({ ...options, routingId: "client" });
  try {
    witness.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await new Promise((done) => setTimeout(done, 500));
    for (const server of kernel) server.close();
    iopub.subscribe();
    iopub.connect(address(connection, "iopub"));
    shell.connect(address(connection, "shell"));
    expect(String((await iopub.receive())[0])).toBe("error");
    expect(String((await shell.receive())[0])).toBe("reply");
  } finally {
    iopub.close();
    shell.close();
    witness.kill("SIGKILL");
  }
});
