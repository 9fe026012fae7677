import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

const script = path.join(import.meta.dirname, "..", "..", "bench.mjs");
const bench = (...words: string[]) => spawnSync(process.execPath, [script, ...words], { encoding: "utf8" });

test("an unknown option is named, and how the command is used", () => {
  const { status, stdout, stderr } = bench("kernel", "--jsn", "file");
  expect(stderr).toMatch(/^npm run bench: Unknown option '--jsn'.*\n\nnpm run bench \[-- NAME…\]/);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test("--help says how the command is used, and measures nothing", () => {
  const { status, stdout, stderr } = bench("kernel", "--help");
  expect(stdout).toMatch(/^npm run bench \[-- NAME…\]/);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
