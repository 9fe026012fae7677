import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Resvg } from "@resvg/resvg-js";
import { LANGUAGE_INFO } from "./kernel-info";
import { LOGO } from "./logo";

/** Where and under which names a kernel is installed. */
export type InstallOptions = {
  /** The folder that holds `kernels/`, such as `.venv/share/jupyter`. */
  dataFolder: string;
  /** The folder's name, which notebooks carry in their metadata. */
  name?: string;
  /** What people see. */
  displayName?: string;
};

/**
 * The command that starts a kernel. The flag is for interrupts: Node.js keeps a stack of asynchronous calls, and
 * without it aborts when a terminated timer leaves that stack out of step.
 * @param connectionFile `{connection_file}` is what Jupyter replaces in a kernelspec
 */
export function kernelCommand(
  connectionFile = "{connection_file}",
  main = join(__dirname, "main.js"),
): string[] {
  return [process.execPath, "--no-force-async-hooks-checks", main, "--connection-file", connectionFile];
}

/** The content of kernel.json. */
export function kernelspec(displayName: string): Record<string, unknown> {
  return {
    argv: kernelCommand(),
    display_name: displayName,
    language: LANGUAGE_INFO.name,
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

/** Installs or replaces the kernelspec with its logos, and returns its folder. */
export function installKernelspec({
  dataFolder,
  name = "typescript",
  displayName = "TypeScript",
}: InstallOptions): string {
  if (!/^[a-z0-9._-]+$/i.test(name))
    throw new Error(
      `installKernelspec: name: expected letters, digits, ".", "_" or "-", got ${JSON.stringify(name)}`,
    );
  const folder = resolve(dataFolder, "kernels", name);
  mkdirSync(folder, { recursive: true });
  const files: Record<string, string | Uint8Array> = {
    "logo-svg.svg": LOGO,
    "logo-32x32.png": drawLogo(32),
    "logo-64x64.png": drawLogo(64),
    "kernel.json": `${JSON.stringify(kernelspec(displayName), null, 2)}\n`,
  };
  for (const [file, content] of Object.entries(files)) {
    const path = join(folder, file);
    writeFileSync(`${path}.new`, content);
    renameSync(`${path}.new`, path);
  }
  return folder;
}

/** The folder where Jupyter looks for a user's own kernels. */
export function userDataFolder(): string {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") return join(APPDATA ?? join(homedir(), "AppData", "Roaming"), "jupyter");
  return join(XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "jupyter");
}

function drawLogo(pixels: number): Uint8Array {
  return new Resvg(LOGO, { fitTo: { mode: "width", value: pixels } }).render().asPng();
}

const USAGE = "Usage: node kernelspec.js (--prefix FOLDER | --user) [--name NAME] [--display-name TEXT]";

function main(): void {
  const { values } = parseArgs({
    options: {
      prefix: { type: "string" },
      user: { type: "boolean" },
      name: { type: "string" },
      "display-name": { type: "string" },
    },
  });
  if ((values.prefix === undefined) === (values.user === undefined)) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const dataFolder = values.prefix === undefined ? userDataFolder() : join(values.prefix, "share", "jupyter");
  const folder = installKernelspec({
    dataFolder,
    ...(values.name !== undefined && { name: values.name }),
    ...(values["display-name"] !== undefined && { displayName: values["display-name"] }),
  });
  console.log(`Installed the kernelspec in ${folder}`);
}

if (require.main === module) main();
