import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { platform } from "node:process";
import { expect, test } from "vitest";
import { startKernel } from "../../src/jupyter/client";
import { argv, emptyFolder, result } from "./kernel";

test.skipIf(platform === "win32")(
  "cells are checked where the folder for temporary files is missing",
  async () => {
    const cwd = emptyFolder();
    const client = await startKernel({ argv, cwd, env: { TMPDIR: "/nope" } });
    try {
      expect(result(await client.execute("const n: number = 1; n + 1", { timeout: 30_000 }))).toBe("2");
    } finally {
      await client.shutdown();
      rmSync(cwd, { recursive: true, force: true });
    }
  },
);

test.skipIf(platform === "win32")("a working folder that was deleted is said in one line", () => {
  const command = argv.map((word) => `'${word}'`).join(" ");
  const { status, stderr } = spawnSync("sh", ["-c", `rmdir "$PWD" && exec ${command}`], {
    cwd: emptyFolder(),
    encoding: "utf8",
  });
  expect(stderr).toBe("[typescript-kernel] cannot start: the working folder does not exist any more\n");
  expect(status).toBe(1);
});
