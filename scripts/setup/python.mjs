import { ask } from "./command.mjs";
import { Problem } from "./problem.mjs";

export const oldestPython = [3, 9];

const probe =
  "import sys, importlib.util as u; print(*sys.version_info[:2], sys.executable, *(m for m in ('venv', 'ensurepip') if u.find_spec(m) is None), sep='\\n')";

const withoutPython =
  "Everything else works without it: the notebooks run headless (npm run notebooks -- 10), and so do the build and the unit tests.";

/**
 * Finds a Python that can make a virtual environment: the environment's `PYTHON`, else the first on the PATH that will do.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} the path of its executable
 * @throws {Problem} where there is none
 */
export function findPython(env = process.env) {
  const found = candidates(env).flatMap((command) => describe(command, env) ?? []);
  const recent = found.filter(({ version }) => atLeast(version, oldestPython));
  const complete = recent.find(({ missing }) => missing.length === 0);
  if (complete) return complete.executable;
  if (recent[0]) throw incomplete(recent[0]);
  if (found[0]) throw tooOld(found[0]);
  throw new Problem({
    what: env.PYTHON
      ? `JupyterLab needs Python ${oldestPython.join(".")} or newer, and PYTHON=${env.PYTHON} is not a Python that runs.`
      : `JupyterLab needs Python ${oldestPython.join(".")} or newer, and none was found.`,
    works: withoutPython,
    todo: "Install Python (Debian, Ubuntu: apt-get install python3 python3-venv; Fedora: dnf install python3; macOS: brew install python; Windows: the installer from python.org) and start again.",
  });
}

function candidates(env) {
  if (env.PYTHON) return [[env.PYTHON]];
  const versioned = Array.from({ length: 6 }, (_, i) => [`python3.${14 - i}`]);
  const launcher = process.platform === "win32" ? [["py", "-3"]] : [];
  return [["python3"], ["python"], ...launcher, ...versioned];
}

/** @param {string[]} command */
function describe([command = "", ...args], env) {
  const lines = ask(command, [...args, "-c", probe], env)?.split(/\r?\n/);
  if (!lines) return undefined;
  const [major, minor, executable, ...missing] = lines;
  return { version: [Number(major), Number(minor)], executable: String(executable), missing };
}

/** @param {number[]} version @param {number[]} wanted */
const atLeast = ([major = 0, minor = 0], [wantedMajor = 0, wantedMinor = 0]) =>
  major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);

const tooOld = ({ version, executable }) =>
  new Problem({
    what: `JupyterLab needs Python ${oldestPython.join(".")} or newer, and ${executable} is ${version.join(".")}.`,
    works: withoutPython,
    todo: "Install a newer Python, or name one with the environment variable PYTHON, and start again.",
  });

const incomplete = ({ version, executable, missing }) =>
  new Problem({
    what: `Python ${version.join(".")} (${executable}) has no ${missing.join(" and no ")} module, which makes the virtual environment.`,
    works: withoutPython,
    todo: `Install it (Debian, Ubuntu: apt-get install python3-venv), or name another Python with the environment variable PYTHON, and start again.`,
  });
