#!/usr/bin/env node
import { join, sep } from "node:path";
import { parseArgs } from "node:util";
import { checkerExecutable } from "./compiler/checker-server";
import { installKernelspec, listKernelspecs, removeKernelspec, userDataFolder } from "./kernelspec";

const USAGE = `Usage: kernel-lib COMMAND [--user | --prefix FOLDER] [--name NAME] [--display-name TEXT]

  install     registers the TypeScript kernel with Jupyter
  list        shows where it is registered
  uninstall   removes it from there

  --user            for this user (this is what happens where nothing is said)
  --prefix FOLDER   for a Python environment: below FOLDER/share/jupyter
  --name NAME       the name that notebooks carry: typescript
  --display-name TEXT   the name that people see: TypeScript`;

type Options = { dataFolder: string; name?: string; displayName?: string };

/** What the command line asks for cannot be done; the message says why. */
class UsageError extends Error {}

const commands: Record<string, (options: Options) => string> = {
  install(options) {
    checkInstallation();
    const folder = installKernelspec(options);
    const told = `Installed the TypeScript kernel in ${folder}`;
    return inNpxCache(__dirname)
      ? `${told}\nIts program is in npm's cache, which \`npm cache clean\` may empty; \`npm install --global\` keeps it.`
      : told;
  },
  list({ dataFolder }) {
    const found = listKernelspecs(dataFolder);
    if (found.length === 0) return `The TypeScript kernel is not installed in ${join(dataFolder, "kernels")}`;
    return found
      .map(({ name, displayName, folder, works }) => {
        const state = works ? "" : "  (its program is gone: install it again)";
        return `${name}  ${displayName}  ${folder}${state}`;
      })
      .join("\n");
  },
  uninstall: (options) => `Removed ${removeKernelspec(options)}`,
};

function main(args: string[]): void {
  const [command = "", ...rest] = args;
  if (["help", "--help", "-h"].includes(command)) {
    console.log(USAGE);
    return;
  }
  try {
    if (!Object.hasOwn(commands, command))
      throw new UsageError(
        `expected ${Object.keys(commands).join(", ")} or help, got ${command === "" ? "nothing" : command}`,
      );
    console.log(commands[command]!(readOptions(command, rest)));
  } catch (error) {
    const { message } = error as Error;
    console.error(`kernel-lib: ${message}${error instanceof UsageError ? `\n\n${USAGE}` : ""}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

function readOptions(command: string, args: string[]): Options {
  const { user, prefix, name, displayName } = parse(args);
  if (user && prefix !== undefined) throw new UsageError("--user and --prefix exclude each other");
  if (prefix === "") throw new UsageError("--prefix: expected a folder");
  const none = { install: [], list: ["name", "display-name"], uninstall: ["display-name"] }[command] ?? [];
  const given = { name, "display-name": displayName };
  const superfluous = none.find((option) => given[option as keyof typeof given] !== undefined);
  if (superfluous) throw new UsageError(`${command} takes no --${superfluous}`);
  return {
    dataFolder: prefix === undefined ? userDataFolder() : join(prefix, "share", "jupyter"),
    ...(name !== undefined && { name }),
    ...(displayName !== undefined && { displayName }),
  };
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        user: { type: "boolean", default: false },
        prefix: { type: "string" },
        name: { type: "string" },
        "display-name": { type: "string" },
      },
    });
    const { "display-name": displayName, ...others } = values;
    return { ...others, displayName };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** npm leaves a platform's part out where it is told to omit optional packages, or when the folder comes from elsewhere. */
function checkInstallation(): void {
  try {
    checkerExecutable();
    require("zeromq");
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new Error(
      `install: this copy of kernel-lib cannot run here: ${reason}. Install it on this machine, without --omit=optional`,
    );
  }
}

function inNpxCache(folder: string): boolean {
  return folder.includes(`${sep}_npx${sep}`);
}

main(process.argv.slice(2));
