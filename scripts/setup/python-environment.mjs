import { existsSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execute, logFile } from "./command.mjs";
import { root, venv, venvPython } from "./paths.mjs";
import { explain } from "./problem.mjs";
import { findPython } from "./python.mjs";
import { contentOf, keyOf, writeWhole } from "./stamp.mjs";

const requirements = join(root, "requirements.txt");
const stamp = join(venv, ".stamp");

const works = "The notebooks run headless without it: npm run notebooks -- 10.";

/** The environment variables under which pip does just what is asked, whatever the user's settings. */
export const pipEnv = () => ({
  ...process.env,
  PIP_USER: "0",
  PIP_DISABLE_PIP_VERSION_CHECK: "1",
  PIP_NO_INPUT: "1",
  PYTHONNOUSERSITE: "1",
});

/**
 * `.venv`: JupyterLab and the tools of the tests, every package pinned and checked by its hash.
 * @type {import("./runner.mjs").Step}
 */
export const pythonEnvironment = {
  name: "Python environment",
  upToDate: () => existsSync(venvPython) && contentOf(stamp) === inputs(),
  async run({ lock, follow }) {
    const python = findPython();
    const log = "python-environment";
    follow(logFile(log));
    const env = pipEnv();
    // From nothing: an installation that was cut off can leave packages that look complete and are not.
    rmSync(venv, { recursive: true, force: true });
    const made = await execute(python, ["-m", "venv", venv], { log, lock, env });
    if (!made.ok) throw explain({ doing: "Making the virtual environment .venv", works, ...made });
    const pip = [
      "-m",
      "pip",
      "install",
      "--no-deps",
      "--require-hashes",
      "--only-binary=:all:",
      "--retries=2",
    ];
    const installed = await execute(venvPython, [...pip, "-r", requirements], { log, lock, env });
    if (!installed.ok) throw explain({ doing: "Installing JupyterLab into .venv", works, ...installed });
    writeWhole(stamp, inputs());
  },
};

/** The interpreter is one of the inputs: an upgraded system Python needs a new environment. */
const inputs = () => keyOf([contentOf(requirements), realpathSync(venvPython)]);
