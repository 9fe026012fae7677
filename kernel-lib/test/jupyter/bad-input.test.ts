import { createHmac } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { newHeader, openWire } from "../../src/jupyter/wire";
import { result, sleep, text, useKernel } from "./kernel";

const kernel = useKernel();

afterEach(async () => {
  expect(result(await kernel.run("20 + 22"))).toBe("42");
});

/** After each of these the next cell works, which `afterEach` asserts. */
describe("the next cell works after a cell with", () => {
  test.each([
    ["a type error", 'const n: number = "text"', "TypeScriptError"],
    ["a syntax error", "const = 7q", "SyntaxError"],
    ["an unclosed bracket", "function f() {", "SyntaxError"],
    ["a throw", 'throw new Error("x")', "Error"],
    ["a rejected promise", 'Promise.reject(new Error("x"))', "Error"],
    ["an awaited rejection", 'await Promise.reject(new TypeError("x"))', "TypeError"],
    ["process.exit", "process.exit(1)", "Error"],
    ["a missing import", 'import { x } from "not-there"', "TypeScriptError"],
    ["a missing local import", 'import { x } from "./not-there"', "TypeScriptError"],
    ["an endless recursion", "const f = (): number => 1 + f(); f()", "RangeError"],
    [
      "an endless await recursion",
      "const g = async (): Promise<number> => 1 + (await g()); await g()",
      "RangeError",
    ],
    ["a string that is too long", '"x".repeat(2 ** 30)', "RangeError"],
    ["an array that is too long", "new Array(-1)", "RangeError"],
    ["an invalid regular expression", 'new RegExp("(")', "SyntaxError"],
    ["code for eval that is wrong", 'eval("const = 1")', "SyntaxError"],
    ["a null character", "\0", "SyntaxError"],
    ["a debugger statement and a throw", "debugger; throw new Error('x')", "Error"],
  ])("%s", async (_, code, ename) => {
    expect((await kernel.run(code)).reply).toMatchObject({ status: "error", ename });
  });

  test("100,000 printed lines", async () => {
    expect(
      text(await kernel.run("for (let i = 0; i < 100_000; i++) console.log(i)")).split("\n"),
    ).toHaveLength(100_001);
  });

  test.each([
    [
      "globals that it overwrites",
      "Object.assign(globalThis, { setTimeout: null, setImmediate: null, Promise: null, process: null, queueMicrotask: null, Error: null })",
    ],
  ])("%s", async (_, code) => {
    const saved = "const saved = { setTimeout, setImmediate, Promise, process, queueMicrotask, Error };";
    await kernel.run(`${saved} ${code}`);
    expect(result(await kernel.run("1 + 1"))).toBe("2");
    await kernel.run("Object.assign(globalThis, saved)");
  });
});

describe("a message is dropped and the kernel lives on when", () => {
  const { parse: _, ...wire } = openWire("the wrong key");
  const header = () => newHeader("execute_request", "hostile");
  const content = { code: 'console.log("hacked")', silent: false };
  const message = () => ({
    identities: [],
    header: header(),
    parent_header: {},
    metadata: {},
    content,
    buffers: [],
  });
  const signed = (parts: string[]) => {
    const hmac = createHmac("sha256", kernel.client.connection.key);
    for (const part of parts) hmac.update(part);
    return ["<IDS|MSG>", hmac.digest("hex"), ...parts].map((part) => Buffer.from(part));
  };

  test.each<[string, () => Buffer[]]>([
    ["its HMAC is wrong", () => wire.serialize(message())],
    ["its HMAC is empty", () => openWire("").serialize(message())],
    ["its HMAC is too long", () => wire.serialize(message()).with(1, Buffer.from("0".repeat(1000)))],
    [
      "its content was changed after signing",
      () => openWire(kernel.client.connection.key).serialize(message()).with(5, Buffer.from('{"code":"1"}')),
    ],
    ["it has no delimiter", () => [Buffer.from("x")]],
    [
      "its delimiter is wrong",
      () => openWire(kernel.client.connection.key).serialize(message()).with(0, Buffer.from("<IDS|GSM>")),
    ],
    ["it is one empty frame", () => [Buffer.alloc(0)]],
    ["frames are missing", () => openWire(kernel.client.connection.key).serialize(message()).slice(0, 4)],
    ["its JSON is broken", () => signed([JSON.stringify(header()), "{}", "{}", "{"])],
    ["its content is no object", () => signed([JSON.stringify(header()), "{}", "{}", "[1]"])],
    ["its header is null", () => signed(["null", "{}", "{}", "{}"])],
    ["its header has no type", () => signed(['{"msg_id":"1"}', "{}", "{}", "{}"])],
    [
      "its type is unknown",
      () => signed([JSON.stringify(newHeader("no_such_request", "x")), "{}", "{}", "{}"]),
    ],
    [
      "its type is a property of all objects",
      () => signed([JSON.stringify(newHeader("constructor", "x")), "{}", "{}", "{}"]),
    ],
    [
      "it is random bytes",
      () => [Buffer.from("<IDS|MSG>"), ...Array.from({ length: 5 }, (_, i) => Buffer.alloc(300, i * 51))],
    ],
  ])("%s", async (_, frames) => {
    const before = kernel.client.processOutput.length;
    const logged = () => kernel.client.processOutput.slice(before);
    for (const channel of ["shell", "control"] as const) await kernel.client.sendFrames(channel, frames());
    for (let i = 0; i < 100 && (logged().match(/ a message/g) ?? []).length < 2; i++) await sleep(20);
    for (const channel of ["shell", "control"])
      expect(logged()).toMatch(new RegExp(`\\[typescript-kernel\\] ${channel}: (dropped|ignored) a message`));
    expect(logged()).not.toContain("hacked");
  });

  test.each<[string, Record<string, unknown>]>([
    ["execute_request", {}],
    ["execute_request", { code: 5 }],
    ["execute_request", { code: "1", user_expressions: "no object" }],
    ["execute_request", { code: "1", user_expressions: { a: 5 } }],
    ["complete_request", {}],
    ["complete_request", { code: "x", cursor_pos: -5 }],
    ["complete_request", { code: "x", cursor_pos: 1e9 }],
    ["inspect_request", { code: null, cursor_pos: "a" }],
    ["is_complete_request", {}],
    ["history_request", { hist_access_type: "nonsense" }],
    ["history_request", { hist_access_type: "search", pattern: 5 }],
    ["comm_info_request", { target_name: 5 }],
    ["interrupt_request", { x: 1 }],
    ["debug_request", {}],
  ])("but %s with %j gets a reply", async (type, fields) => {
    expect(await kernel.client.request(type as "execute_request", fields)).toBeTypeOf("object");
  });
});
