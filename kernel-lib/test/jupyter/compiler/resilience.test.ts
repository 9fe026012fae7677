import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { checkerExecutable } from "../../../src/jupyter/compiler/checker-server";
import { Notebook } from "./notebook";

/** The type checkers that this process has started and that still run. */
function checkers(): number[] {
  const threads = readdirSync("/proc/self/task");
  const children = threads.flatMap((id) =>
    readFileSync(`/proc/self/task/${id}/children`, "utf8").trim().split(" "),
  );
  return children
    .filter(Boolean)
    .map(Number)
    .filter((id) => isAlive(id) && /Name:\s+tsc/.test(status(id)));
}

const isAlive = (id: number) => /State:\s+[^ZX\s]/.test(status(id));

function status(id: number): string {
  return existsSync(`/proc/${id}`) ? readFileSync(`/proc/${id}/status`, "utf8") : "";
}

describe.runIf(process.platform === "linux")("the type checker", () => {
  test("that was killed is started again, and nothing is forgotten", async () => {
    const notebook = await Notebook.open();
    await notebook.value("class Kept { k = 1 }; const kept = new Kept(); import * as path from 'node:path'");
    for (const id of checkers()) process.kill(id, "SIGKILL");
    expect(await notebook.value("kept.k + path.sep")).toBe("1/");
    for (const id of checkers()) process.kill(id, "SIGKILL");
    expect((await notebook.compiler.complete("kept.", 5)).matches).toEqual([{ text: "k", kind: "property" }]);
    await notebook.close();
  });

  test("that dies in the middle of a check is started again", async () => {
    const notebook = await Notebook.open();
    await notebook.value("let n = 1");
    const checked = notebook.value("n + 1");
    for (const id of checkers()) process.kill(id, "SIGKILL");
    expect(await checked).toBe(2);
    await notebook.close();
  });

  test("ends when the compiler is closed", async () => {
    await vi.waitFor(() => expect(checkers()).toEqual([]));
    const notebook = await Notebook.open();
    expect(checkers()).toHaveLength(1);
    await notebook.close();
    await vi.waitFor(() => expect(checkers()).toEqual([]));
  });

  test("ends when the process that started it is killed", async () => {
    const start = `spawn(${JSON.stringify(checkerExecutable())}, ["--lsp", "--stdio"], { stdio: ["pipe", "pipe", "ignore"] })`;
    const program = `const { spawn } = require("node:child_process"); console.log(${start}.pid); setInterval(() => {}, 1000);`;
    const kernel = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(kernel.stdout, "data")) as [Buffer];
    const checker = Number(line.toString());
    expect(isAlive(checker)).toBe(true);
    kernel.kill("SIGKILL");
    await vi.waitFor(() => expect(isAlive(checker)).toBe(false), 5000);
  });
});

test("questions and cells at the same time don't mix", async () => {
  const notebook = await Notebook.open();
  await notebook.value("const shared = { alpha: 1, beta: 'b' }");
  const codes = ["shared.al", "shared.be", "shared.", "share"];
  const [results, sum] = await Promise.all([
    Promise.all(codes.map((code) => notebook.compiler.complete(code, code.length))),
    notebook.value("let total = 0; for (let i = 0; i < 3; i++) total += shared.alpha; total"),
  ]);
  expect(results.map(({ matches }) => matches.map(({ text }) => text))).toEqual([
    ["alpha"],
    ["beta"],
    ["alpha", "beta"],
    ["shared", "SharedArrayBuffer"],
  ]);
  expect(sum).toBe(3);
  await notebook.close();
});
