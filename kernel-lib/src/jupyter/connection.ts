import { readFileSync } from "node:fs";

/** The five sockets of the protocol, in the connection file's own names. */
export const CHANNELS = ["shell", "control", "iopub", "stdin", "hb"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a connection file says: where the sockets are and how messages are signed. */
export type Connection = {
  transport: "tcp" | "ipc";
  ip: string;
  key: string;
  signature_scheme: string;
} & Record<`${Channel}_port`, number>;

/** Reads and checks a connection file. Throws an error that names the file and the field. */
export function readConnection(file: string): Connection {
  const fail = (problem: string): never => {
    throw new Error(`readConnection: ${file}: ${problem}`);
  };
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return fail((error as Error).message);
  }
  if (typeof fields !== "object" || fields === null) return fail(`expected a JSON object, got ${fields}`);
  const { transport = "tcp", ip = "127.0.0.1", key = "", signature_scheme = "hmac-sha256" } = fields;
  if (transport !== "tcp" && transport !== "ipc")
    fail(`transport: expected "tcp" or "ipc", got ${JSON.stringify(transport)}`);
  for (const [name, value] of Object.entries({ ip, key, signature_scheme }))
    if (typeof value !== "string") fail(`${name}: expected a string, got ${JSON.stringify(value)}`);
  if (!(signature_scheme as string).startsWith("hmac-"))
    fail(`signature_scheme: expected "hmac-…", got ${JSON.stringify(signature_scheme)}`);
  for (const channel of CHANNELS) {
    const port = fields[`${channel}_port`];
    if (!Number.isInteger(port) || (port as number) < 1 || (port as number) > 65535)
      fail(`${channel}_port: expected a port from 1 to 65535, got ${JSON.stringify(port)}`);
  }
  return { ...fields, transport, ip, key, signature_scheme } as Connection;
}

/** The ZeroMQ address of a channel, such as `tcp://127.0.0.1:5555` or `ipc:///run/kernel-1`. */
export function address({ transport, ip, ...ports }: Connection, channel: Channel): string {
  return `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${ports[`${channel}_port`]}`;
}
