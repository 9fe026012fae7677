import { describe, expect, test } from "vitest";
import { result } from "../kernel";
import { DebugClient, useDebugger } from "./client";

const debug = useDebugger();

test("the kernel says that it has a debugger", async () => {
  expect(await debug.client.kernelInfo()).toMatchObject({ debugger: true, supported_features: ["debugger"] });
});

test("debugInfo tells how a cell's path is made, and the breakpoints", async () => {
  const code = "let x = 1;\nx;";
  await debug.breakInCell(code, 2);
  const info = await debug.request("debugInfo");
  const { sourcePath } = await debug.request("dumpCell", { code });
  expect(info).toMatchObject({
    isStarted: true,
    hashMethod: "Murmur2",
    stoppedThreads: [],
    richRendering: true,
    copyToGlobals: false,
    breakpoints: [{ source: sourcePath, breakpoints: [{ line: 2, verified: true }] }],
  });
  expect(sourcePath).toMatch(/\d+\.ts$/);
  expect((sourcePath as string).startsWith(info.tmpFilePrefix as string)).toBe(true);
  expect(await debug.request("source", { source: { path: sourcePath } })).toMatchObject({ content: code });
  await debug.breakInCell(code);
});

test("the notebook's variables are told while nothing runs", async () => {
  await debug.run("let answer = 42; class Thing {}; const list = [1];");
  await debug.run("undeclared; let later = 1").catch(() => {});
  const { variables } = (await debug.request("inspectVariables")) as {
    variables: { name: string; value: string }[];
  };
  expect(variables).toContainEqual(expect.objectContaining({ name: "answer", value: "42" }));
  expect(variables.map(({ name }) => name)).toEqual(expect.arrayContaining(["Thing", "list"]));
  const list = variables.find(({ name }) => name === "list") as unknown as { variablesReference: number };
  expect((await debug.variables(list.variablesReference))[0]).toMatchObject({ name: "0", value: "1" });
});

test("a variable's display is told, of the notebook and of a paused call", async () => {
  await debug.run("let table = [{ a: 1, b: 2 }]; let plain = 5;");
  const table = await debug.request("richInspectVariables", { variableName: "table" });
  expect((table.data as Record<string, string>)["text/html"]).toContain("<table");
  expect((await debug.request("richInspectVariables", { variableName: "plain" })).data).toEqual({
    "text/plain": "5",
  });
  const code = "function show(inner: number[]) {\n  return inner;\n}\nshow([7]).length";
  await debug.breakInCell(code, 2);
  const running = debug.run(code);
  await debug.event("stopped");
  const inner = await debug.request("richInspectVariables", { variableName: "inner", frameId: 1 });
  expect(inner.data).toEqual({ "text/plain": "[ 7 ]" });
  await debug.request("continue");
  expect(result(await running)).toBe("1");
  await debug.breakInCell(code);
});

describe("a wrong request is refused with a reason, and the kernel works on", () => {
  test.each([
    ["nonsense", {}, /"nonsense" is no request/],
    ["constructor", {}, /no request/],
    ["continue", { threadId: 1 }, /not paused/],
    ["next", {}, /not paused/],
    ["pause", {}, /no cell is running/],
    ["scopes", { frameId: 1 }, /not paused/],
    ["scopes", {}, /frameId: expected an integer, got undefined/],
    ["evaluate", { expression: "1" }, /not paused/],
    ["variables", { variablesReference: 123456 }, /123456 is not known/],
    ["variables", { variablesReference: "x" }, /expected an integer, got "x"/],
    ["setBreakpoints", {}, /source: expected an object/],
    ["setBreakpoints", { source: { path: 5 } }, /path: expected a string, got 5/],
    ["setBreakpoints", { source: { path: "/a.ts" }, breakpoints: "x" }, /breakpoints: expected an array/],
    [
      "setBreakpoints",
      { source: { path: "/a.ts" }, breakpoints: [{ line: "1" }] },
      /line: expected an integer/,
    ],
    ["dumpCell", {}, /code: expected a string/],
    ["source", { source: { path: "/etc/passwd" } }, /not known/],
    ["copyToGlobals", { srcVariableName: "a", dstVariableName: "a", srcFrameId: 1 }, /./],
    ["richInspectVariables", { variableName: "nothing_there" }, /ReferenceError/],
    ["richInspectVariables", { variableName: "1); process.exit(" }, /expected a name/],
  ])("%s %j", async (command, args, message) => {
    expect(await debug.ask(command, args)).toMatchObject({
      type: "response",
      command,
      success: false,
      message: expect.stringMatching(message),
    });
    expect(result(await debug.run("1"))).toBe("1");
  });

  test.each([
    [{}],
    [{ command: 5 }],
    [{ command: "threads", arguments: "x", seq: "y" }],
    [{ seq: null, arguments: [] }],
  ])("%j", async (content) => {
    const reply = await debug.client.request("debug_request", content, { channel: "control" });
    expect(reply.type).toBe("response");
    expect(result(await debug.run("1"))).toBe("1");
  });

  test("breakpoints in a source that nobody knows are not verified", async () => {
    const { breakpoints } = await debug.request("setBreakpoints", {
      source: { path: "/no/such.ts" },
      breakpoints: [{ line: 1 }],
    });
    expect(breakpoints).toMatchObject([{ verified: false, line: 1 }]);
  });
});

test("before the debugger is switched on, only its state is told", async () => {
  const other = await new DebugClient().start();
  expect(await other.request("debugInfo")).toMatchObject({ isStarted: false, breakpoints: [] });
  for (const command of ["attach", "dumpCell", "setBreakpoints", "stackTrace", "inspectVariables", "pause"])
    expect(await other.ask(command)).toMatchObject({
      success: false,
      message: expect.stringMatching(/not started/),
    });
  await other.request("disconnect");
  await other.end();
});
