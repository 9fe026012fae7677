import { execFileSync, spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { address, readConnection } from "../../src/jupyter/connection";
import { argv, emptyFolder } from "./kernel";

const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const ports = { shell_port: 1, control_port: 2, iopub_port: 3, stdin_port: 4, hb_port: 5 };

function file(content: unknown): string {
  const path = join(folder, "connection.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

describe("a connection file", () => {
  test("is read, with the protocol's defaults", () => {
    expect(readConnection(file(ports))).toEqual({
      ...ports,
      transport: "tcp",
      ip: "127.0.0.1",
      key: "",
      signature_scheme: "hmac-sha256",
    });
  });

  test("gives the sockets' addresses", () => {
    expect(address(readConnection(file(ports)), "iopub")).toBe("tcp://127.0.0.1:3");
    expect(address(readConnection(file({ ...ports, transport: "ipc", ip: "/run/kernel" })), "hb")).toBe(
      "ipc:///run/kernel-5",
    );
  });

  test.each([
    ["{", /connection\.json: .*JSON/],
    ["5", "expected a JSON object, got 5"],
    [{ ...ports, hb_port: 0 }, "hb_port: expected a port from 1 to 65535, got 0"],
    [{ ...ports, shell_port: "7" }, 'shell_port: expected a port from 1 to 65535, got "7"'],
    [{ ...ports, transport: "udp" }, 'transport: expected "tcp" or "ipc", got "udp"'],
    [{ ...ports, key: 5 }, "key: expected a string, got 5"],
    [{ ...ports, signature_scheme: "md5" }, 'signature_scheme: expected "hmac-…", got "md5"'],
  ])("%j is refused with what is wrong", (content, problem) => {
    expect(() => readConnection(file(content))).toThrow(problem);
  });
});

describe("a kernel that cannot start says why and ends", () => {
  const start = (connectionFile: string) => {
    const [command, ...words] = argv.map((word) => word.replace("{connection_file}", connectionFile));
    return spawnSync(command!, words, { encoding: "utf8", timeout: 20_000 });
  };

  test("without a connection file", () => {
    const { status, stderr } = start(join(folder, "missing.json"));
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/cannot start: readConnection: .*missing\.json: ENOENT/),
    ]);
  });

  test("with the wrong arguments", () => {
    const { status, stderr } = spawnSync(argv[0]!, [argv[2]!, "--what"], { encoding: "utf8" });
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining("Usage: node --no-force-async-hooks-checks main.js --connection-file FILE"),
    ]);
  });

  test("where a port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const taken = (server.address() as AddressInfo).port;
    const free = JSON.parse(
      execFileSync(
        process.execPath,
        [
          "-e",
          'const s = [0,1,2,3].map(() => require("net").createServer().listen(0, "127.0.0.1")); setTimeout(() => { console.log(JSON.stringify(s.map((x) => x.address().port))); process.exit() }, 50)',
        ],
        { encoding: "utf8" },
      ),
    ) as number[];
    const { status, stderr } = start(
      file({
        shell_port: free[0],
        control_port: free[1],
        stdin_port: free[2],
        hb_port: free[3],
        iopub_port: taken,
      }),
    );
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(`cannot start: tcp://127.0.0.1:${taken}: Address already in use`),
    ]);
    server.close();
  });
});
