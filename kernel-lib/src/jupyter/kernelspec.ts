import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
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
    metadata: { debugger: true },
  };
}

/**
 * Installs or replaces the kernelspec with its logos, and returns its folder.
 * @throws Error where the name is none, or belongs to another kernel
 */
export function installKernelspec({
  dataFolder,
  name = "typescript",
  displayName = "TypeScript",
}: InstallOptions): string {
  const folder = kernelspecFolder(dataFolder, name, "installKernelspec");
  if (existsSync(join(folder, "kernel.json")) && !readKernelspec(folder))
    throw new Error(
      `installKernelspec: name: ${folder} is another program's kernel; expected another name than ${JSON.stringify(name)}`,
    );
  makeFolder(folder);
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

/** A kernelspec of this kernel that is installed. */
export type InstalledKernelspec = {
  name: string;
  displayName: string;
  folder: string;
  /** Whether the program that it starts is still there. */
  works: boolean;
};

/** The kernelspecs of this kernel in a data folder of Jupyter; other kernels' are left out. */
export function listKernelspecs(dataFolder: string): InstalledKernelspec[] {
  const kernels = resolve(dataFolder, "kernels");
  const names = existsSync(kernels) ? readdirSync(kernels).sort() : [];
  return names.flatMap((name) => readKernelspec(join(kernels, name)) ?? []);
}

/**
 * Removes a kernelspec of this kernel, and returns its folder.
 * @throws Error where there is none, or it belongs to another kernel
 */
export function removeKernelspec({
  dataFolder,
  name = "typescript",
}: Pick<InstallOptions, "dataFolder" | "name">): string {
  const folder = kernelspecFolder(dataFolder, name, "removeKernelspec");
  if (!readKernelspec(folder)) throw new Error(`removeKernelspec: ${folder} is no kernelspec of this kernel`);
  rmSync(folder, { recursive: true });
  return folder;
}

/** Not by `recursive`: in a folder that holds none, such as /proc, that tries for ever. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Jupyter takes letters, digits and three signs, and finds a kernel whatever the case of its name. */
function kernelspecFolder(dataFolder: string, name: string, caller: string): string {
  if (!/^(?!\.{1,2}$)[a-z0-9._-]+$/i.test(name))
    throw new Error(
      `${caller}: name: expected letters, digits, ".", "_" or "-", got ${JSON.stringify(name)}`,
    );
  return resolve(dataFolder, "kernels", name);
}

/** What a folder's kernel.json says, if it was written here. */
function readKernelspec(folder: string): InstalledKernelspec | undefined {
  try {
    const { argv, display_name } = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
    const program = argv.find((word: string) => /[\\/]jupyter[\\/]main\.js$/.test(word));
    if (program === undefined) return undefined;
    const works = existsSync(argv[0]) && existsSync(program);
    return { name: basename(folder), displayName: display_name, folder, works };
  } catch {
    return undefined;
  }
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
