import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Header, Json } from "../../src/jupyter/protocol";
import { result, types, useKernel } from "./kernel";
import { useOtherFrontEnds } from "./other-front-end";

const kernel = useKernel();
const open = useOtherFrontEnds(kernel);

describe("execute", () => {
  test("silent: nothing but status and printed text is published, and it is not counted or stored", async () => {
    const before = (await kernel.run("0")).executionCount!;
    const silent = await kernel.run('console.log("printed"); 5', { silent: true });
    expect(types(silent)).toEqual(["stream"]);
    expect(silent.status).toBe("ok");
    expect((await kernel.run("0")).executionCount).toBe(before + 1);
    expect(JSON.stringify((await kernel.client.history({ n: 5 })).history)).not.toContain("printed");
  });

  test("silent: the code is not repeated to front ends", async () => {
    const other = open();
    await other.welcomed();
    const repeated = () =>
      other.received.flatMap(
        ({
          message: {
            header,
            content: { code },
          },
        }) => (header.msg_type === "execute_input" ? [code] : []),
      );
    await kernel.run("1", { silent: true });
    await kernel.run("2");
    await other.until(() => repeated().includes("2"));
    expect(repeated()).toEqual(["2"]);
  });

  test("silent with store_history: still not stored", async () => {
    const before = (await kernel.run("0")).executionCount!;
    await kernel.run('"secret"', { silent: true, storeHistory: true });
    expect((await kernel.run("0")).executionCount).toBe(before + 1);
    expect(JSON.stringify((await kernel.client.history({ n: 5 })).history)).not.toContain("secret");
  });

  test("store_history false: shown, but neither counted nor stored; its variables live on", async () => {
    const before = (await kernel.run("0")).executionCount!;
    const executed = await kernel.run("const unstored = 6; unstored", { storeHistory: false });
    expect(result(executed)).toBe("6");
    expect(JSON.stringify((await kernel.client.history({ n: 5 })).history)).not.toContain("unstored");
    const next = await kernel.run("unstored + 1");
    expect([result(next), next.executionCount]).toEqual(["7", before + 1]);
  });

  test("stop_on_error true aborts all cells that wait, with aborted replies and idle for each", async () => {
    const all = ["throw new Error('x')", "1", "2", "3"].map((code) => kernel.run(code));
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual([
      "error",
      "aborted",
      "aborted",
      "aborted",
    ]);
    expect(result(await kernel.run("4"))).toBe("4");
  });

  test("stop_on_error false runs them all", async () => {
    const failing = kernel.run("throw new Error('x')", { stopOnError: false });
    const all = [failing, ...["1", "2"].map((code) => kernel.run(code))];
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(["error", "ok", "ok"]);
  });

  test("an error leaves requests that are no cells alone", async () => {
    const failing = kernel.run("throw new Error('x')");
    const waiting = kernel.client.kernelInfo();
    await failing;
    expect(await waiting).toMatchObject({ status: "ok" });
  });

  test("user_expressions give a bundle or an error each, also of a silent cell, and not after an error", async () => {
    const { reply } = await kernel.run("const base = 20;", {
      userExpressions: { sum: "base + 22", wrong: "nowhere" },
    });
    expect(reply.user_expressions).toMatchObject({
      sum: { status: "ok", data: { "text/plain": "42" } },
      wrong: { status: "error", ename: "TypeScriptError" },
    });
    const silent = await kernel.run("", { silent: true, userExpressions: { sum: "base + 1" } });
    expect(silent.reply.user_expressions).toMatchObject({
      sum: { status: "ok", data: { "text/plain": "21" } },
    });
    const failed = await kernel.run("throw new Error('x')", { userExpressions: { sum: "base" } });
    expect(failed.reply.user_expressions).toEqual({});
  });

  test("allow_stdin false: a prompt is an error at once and sends no input_request", async () => {
    const asked: string[] = [];
    const executed = await kernel.run('prompt("x")', {
      allowStdin: false,
      onInput: (question) => {
        asked.push(question);
        return "";
      },
    });
    expect(executed.reply.ename).toBe("StdinNotImplementedError");
    expect(asked).toEqual([]);
  });

  test("with nothing but code, and with null for all else, as VS Code and older clients send it", async () => {
    expect(await kernel.client.request("execute_request", { code: "1" })).toMatchObject({ status: "ok" });
    const nulls = {
      code: "1",
      silent: null,
      store_history: null,
      user_expressions: null,
      allow_stdin: null,
      stop_on_error: null,
    };
    const before = (await kernel.run("0")).executionCount!;
    expect(await kernel.client.request("execute_request", nulls)).toMatchObject({
      status: "ok",
      execution_count: before + 1,
      user_expressions: {},
    });
  });

  test.each(["", "   \n", "// comment"])("of %j is ok without a result", async (code) => {
    const executed = await kernel.run(code);
    expect([executed.status, executed.outputs]).toEqual(["ok", []]);
  });
});

describe("requests that say the wrong thing are answered with what was expected", () => {
  test.each<[string, Json, string]>([
    ["execute_request", {}, "execute_request: code: expected a string, got nothing"],
    ["execute_request", { code: 5 }, "execute_request: code: expected a string, got 5"],
    [
      "execute_request",
      { code: "1", silent: "no" },
      'execute_request: silent: expected true or false, got "no"',
    ],
    [
      "execute_request",
      { code: "1", user_expressions: { a: 5 } },
      "execute_request: user_expressions: expected an object of strings, got an object or array",
    ],
    [
      "complete_request",
      { code: "x", cursor_pos: 1.5 },
      "complete_request: cursor_pos: expected a whole number, got 1.5",
    ],
    [
      "history_request",
      { pattern: [] },
      "history_request: pattern: expected a string, got an object or array",
    ],
  ])("%s with %j", async (type, fields, evalue) => {
    expect(await kernel.client.request(type as "execute_request", fields)).toMatchObject({
      status: "error",
      ename: "RequestError",
      evalue,
    });
  });
});

describe("history, comm_info, is_complete, connect, kernel_info", () => {
  test("history of all three kinds", async () => {
    const { executionCount: n } = await kernel.run("const remembered = 'one';");
    await kernel.run("const remembered2 = 'two';");
    const rows = async (query: object) =>
      ((await kernel.client.history(query)).history as [number, number, string][]).map(([, line]) => line);
    expect(await rows({ hist_access_type: "tail", n: 2 })).toEqual([n, n! + 1]);
    expect(await rows({ hist_access_type: "range", session: 0, start: n, stop: n! + 1 })).toEqual([n]);
    expect(await rows({ hist_access_type: "search", pattern: "*'two'*", n: 10 })).toEqual([n! + 1]);
  });

  test("a search pattern of many stars is answered at once", async () => {
    await kernel.run(`"${"a".repeat(5000)}"`);
    const started = performance.now();
    await kernel.client.history({ hist_access_type: "search", pattern: `${"*a".repeat(40)}b` });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("connect_request tells the ports", async () => {
    const { connection } = kernel.client;
    expect(await kernel.client.request("connect_request")).toMatchObject({
      shell_port: connection.shell_port,
      iopub_port: connection.iopub_port,
      stdin_port: connection.stdin_port,
      hb_port: connection.hb_port,
      control_port: connection.control_port,
    });
  });

  test("kernel_info again and again on both channels", async () => {
    for (let i = 0; i < 5; i++)
      for (const channel of ["shell", "control"] as const)
        expect(await kernel.client.request("kernel_info_request", {}, { channel })).toMatchObject({
          status: "ok",
        });
  });

  test("is_complete and comm_info with missing fields", async () => {
    expect(await kernel.client.isComplete("for (;;) {")).toMatchObject({ status: "incomplete" });
    expect(await kernel.client.request("comm_info_request")).toMatchObject({ status: "ok", comms: {} });
  });
});

describe("headers", () => {
  test.each<[string, Partial<Record<keyof Header, unknown>>]>([
    ["of protocol 5.0", { version: "5.0" }],
    ["without version and date", { version: undefined, date: undefined }],
    ["with an empty session and user", { session: "", username: "" }],
    ["whose date is null", { date: null }],
    ["whose id is no UUID", { msg_id: `a_${randomUUID()}_1` }],
  ])("%s are answered, and repeated as the parent's", async (_, header) => {
    const reply = await open().ask("kernel_info_request", {}, { header });
    expect(reply.content.status).toBe("ok");
    for (const [field, value] of Object.entries(header))
      expect(reply.parent_header[field as keyof Header]).toEqual(value);
  });
});
