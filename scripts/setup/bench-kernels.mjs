import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { execute, logFile } from "./command.mjs";
import { npmCli } from "./npm-packages.mjs";
import { localCache } from "./paths.mjs";
import { explain } from "./problem.mjs";
import { contentOf, writeWhole } from "./stamp.mjs";

/** The version of Deno that the kernel's benchmark runs. */
const version = "2.9.6";
const folder = join(localCache, "bench-kernels");

/**
 * `.cache/bench-kernels`: Deno from npm, for `npm run bench -- kernel` alone. The other kernels are there already.
 * @type {import("./runner.mjs").Step}
 */
export const benchKernels = {
  name: "the kernels to compare with",
  upToDate: () => existsSync(denoExecutable() ?? "") && contentOf(join(folder, ".version")) === version,
  async run({ lock, follow }) {
    const log = "bench-kernels";
    follow(logFile(log));
    writeWhole(join(folder, "package.json"), JSON.stringify({ private: true }));
    const install = [
      "install",
      "--save-exact",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      `deno@${version}`,
    ];
    const installed = await execute(process.execPath, [npmCli(), ...install], { log, lock, cwd: folder });
    if (!installed.ok)
      throw explain({ doing: "Installing Deno", works: "All else works without it.", ...installed });
    writeWhole(join(folder, ".version"), version);
  },
};

/** The path of Deno's program, which npm keeps in a package for each platform; undefined before it is installed. */
export function denoExecutable() {
  const libc = process.platform === "linux" ? "-glibc" : "";
  const platform = `@deno/${process.platform}-${process.arch}${libc}/package.json`;
  try {
    const found = dirname(
      createRequire(join(folder, "node_modules", "deno", "package.json")).resolve(platform),
    );
    return join(found, process.platform === "win32" ? "deno.exe" : "deno");
  } catch {
    return undefined;
  }
}
