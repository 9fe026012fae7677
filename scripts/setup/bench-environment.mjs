import { existsSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ask, execute, logFile } from "./command.mjs";
import { localCache, root } from "./paths.mjs";
import { explain, Problem } from "./problem.mjs";
import { findPython } from "./python.mjs";
import { pipEnv } from "./python-environment.mjs";
import { contentOf, keyOf, writeWhole } from "./stamp.mjs";

const environment = join(localCache, "bench-venv");
const requirements = join(root, "requirements-bench.txt");
const stamp = join(environment, ".stamp");
const works = "Without --peers the benchmark runs all the same.";

export const benchPython =
  process.platform === "win32"
    ? join(environment, "Scripts", "python.exe")
    : join(environment, "bin", "python");

/**
 * `.cache/bench-venv`: PyTorch and Keras, for `npm run bench -- --peers` alone.
 * @type {import("./runner.mjs").Step}
 */
export const benchEnvironment = {
  name: "the benchmark's peers",
  upToDate: () => existsSync(benchPython) && contentOf(stamp) === inputs(),
  async run({ lock, follow }) {
    const python = findPython();
    if (ask(python, ["-c", "import sys; print(sys.version_info >= (3, 11))"]) !== "True")
      throw new Problem({
        what: `The benchmark's peers need Python 3.11 or newer, and ${python} is older.`,
        works,
        todo: "Name a newer one with the environment variable PYTHON and start again.",
      });
    const log = "bench-environment";
    follow(logFile(log));
    const env = pipEnv();
    rmSync(environment, { recursive: true, force: true });
    const made = await execute(python, ["-m", "venv", environment], { log, lock, env });
    if (!made.ok)
      throw explain({ doing: "Making the virtual environment .cache/bench-venv", works, ...made });
    const pip = ["-m", "pip", "install", "--only-binary=:all:", "--retries=2", "-r", requirements];
    const installed = await execute(benchPython, pip, { log, lock, env });
    if (!installed.ok) throw explain({ doing: "Installing PyTorch and Keras", works, ...installed });
    writeWhole(stamp, inputs());
  },
};

const inputs = () => keyOf([contentOf(requirements), realpathSync(benchPython)]);
