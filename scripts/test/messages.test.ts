import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findChromium } from "../setup/chromium.mjs";
import { jupyterEnv } from "../setup/jupyter.mjs";
import { nodeProblem } from "../setup/node-version.mjs";
import { explain } from "../setup/problem.mjs";
import { findPython } from "../setup/python.mjs";
import { findCompiler } from "../setup/tensorflow/compiler.mjs";
import { isServed } from "../setup/tensorflow/official.mjs";
import { temporaryFolder } from "./temporary";

const posix = process.platform !== "win32";

/** A folder with one program that prints the given lines. */
function folderWith(program: string, lines: string[]): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, program), `#!/bin/sh\n${lines.map((line) => `echo '${line}'`).join("\n")}\n`);
  chmodSync(join(folder, program), 0o755);
  return folder;
}

test.each(["18.20.8", "20.18.3", "21.7.3", "22.11.0"])(
  "Node %s is too old, and the sentence says what to do",
  (version) => {
    expect(nodeProblem(version)).toMatch(
      new RegExp(`^This is Node ${version}; .* 20\\.19 .* Install a current Node`),
    );
  },
);

test.each(["20.19.0", "22.12.0", "23.1.0", "24.0.0"])("Node %s will do", (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test("without Python the sentence says what needs it, what works without, and what to install", () => {
  expect(() => findPython({ PATH: temporaryFolder() })).toThrow(
    /^JupyterLab needs Python 3\.9 or newer, and none was found\. .*npm run notebooks -- 10.* Install Python/,
  );
});

test.runIf(posix)("an old Python is named with its version", () => {
  const folder = folderWith("python3", ["3", "8", "/opt/python3.8"]);
  expect(() => findPython({ PATH: folder })).toThrow(
    "JupyterLab needs Python 3.9 or newer, and /opt/python3.8 is 3.8.",
  );
});

test.runIf(posix)("a Python without venv leads to the package that has it", () => {
  const folder = folderWith("python3", ["3", "11", "/usr/bin/python3", "ensurepip"]);
  expect(() => findPython({ PATH: folder })).toThrow(/has no ensurepip module.*apt-get install python3-venv/);
});

test.runIf(posix)("a newer Python under its versioned name is preferred to an old python3", () => {
  const folder = folderWith("python3", ["3", "8", "/old"]);
  writeFileSync(join(folder, "python3.12"), "#!/bin/sh\nprintf '3\\n12\\n/new\\n'\n");
  chmodSync(join(folder, "python3.12"), 0o755);
  expect(findPython({ PATH: folder })).toBe("/new");
});

test("PYTHON that does not run is named", () => {
  expect(() => findPython({ PYTHON: "/no/such/python" })).toThrow(
    "PYTHON=/no/such/python is not a Python that runs",
  );
});

test.each([
  ["npm error code ENOTFOUND", "The package registry cannot be reached"],
  ["ProxyError('Cannot connect to proxy.')", "The package registry cannot be reached"],
  ["OSError: [Errno 28] No space left on device", "The disk is full"],
  ["npm error code EACCES", "cannot be written"],
  ["npm error code EINTEGRITY", "its checksum differs"],
  ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "its checksum differs"],
  ["a line\nsomething else", "It said: something else"],
  ["Error: the cause\n    at a place", "It said: Error: the cause"],
])("a command that prints %j is explained", (output, sentence) => {
  expect(explain({ doing: "Installing", output, log: "the log" }).message).toContain(sentence);
});

test("the compiler is CXX, else one on the PATH, else none", () => {
  const folder = folderWith("c++", []);
  expect(findCompiler({ PATH: folder })).toBe(join(folder, "c++"));
  expect(findCompiler({ PATH: folder, CXX: "clang++" })).toBeUndefined();
  expect(findCompiler({ PATH: folder, CXX: join(folder, "c++") })).toBe(join(folder, "c++"));
  expect(findCompiler({ PATH: temporaryFolder() })).toBeUndefined();
});

test("Chromium is CHROMIUM, else a program on the PATH; a folder of that name is none", () => {
  const folder = folderWith("chromium", []);
  expect(findChromium({ PATH: folder })).toBe(join(folder, "chromium"));
  expect(findChromium({ PATH: folder, CHROMIUM: "/no/such/browser" })).toBeUndefined();
  const trap = temporaryFolder();
  mkdirSync(join(trap, "chromium"));
  expect(findChromium({ PATH: trap })).not.toBe(join(trap, "chromium"));
});

test("a site that accepts and never answers is given up in time", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const started = performance.now();
  expect(await isServed(`https://127.0.0.1:${port}/`, 300)).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});

test("a site that refuses is known at once", async () => {
  expect(await isServed("https://127.0.0.1:1/", 60_000)).toBe(false);
});

test("Jupyter does not see the user's own Jupyter settings, but keeps a chosen token", () => {
  const env = jupyterEnv({
    PATH: "/bin",
    JUPYTER_CONFIG_DIR: "/home/user/.jupyter",
    JUPYTER_PATH: "/home/user/share",
    JUPYTERLAB_SETTINGS_DIR: "/home/user/lab",
    PYTHONPATH: "/home/user/python",
    JUPYTER_TOKEN: "chosen",
  });
  expect(Object.values(env).filter((value) => value?.startsWith("/home/user"))).toEqual([]);
  expect(env).toMatchObject({ PATH: "/bin", JUPYTER_TOKEN: "chosen" });
});
