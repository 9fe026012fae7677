import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { deno, python, tslab, typescript } from "./languages.mjs";

const require = createRequire(import.meta.url);

/**
 * A kernel that takes part.
 *
 * @typedef {object} Kernel
 * @property {string} id
 * @property {string} label as people call it
 * @property {string[]} argv as its own kernelspec has it
 * @property {"message" | "signal"} interrupt how its kernelspec wants to be interrupted
 * @property {import("./languages.mjs").Language} language
 * @property {string} version
 * @property {boolean} ours
 */

/**
 * The kernels that are installed. Ours is always there.
 *
 * @param {{ root: string, python?: string | undefined, deno?: string | undefined }} places of the checkout and of the others' programs
 * @returns {Kernel[]}
 */
export function kernels({ root, python: interpreter, deno: program }) {
  const { kernelCommand } = require(join(root, "kernel-lib", "dist", "jupyter", "kernelspec.js"));
  const versionOf = (name) => require(join(root, "node_modules", name, "package.json")).version;
  const file = "{connection_file}";
  const ours = {
    id: "ours",
    label: "ours",
    argv: kernelCommand(),
    interrupt: "message",
    language: typescript,
    version: versionOf("kernel-lib"),
    ours: true,
  };
  const stock = {
    id: "tslab",
    label: "tslab",
    argv: [
      process.execPath,
      join(root, "node_modules", "tslab", "bin", "tslab"),
      "kernel",
      "--config-path",
      file,
    ],
    interrupt: "signal",
    language: tslab,
    version: versionOf("tslab"),
    ours: false,
  };
  const others = [
    {
      id: "deno",
      label: "Deno",
      argv: [program, "jupyter", "--kernel", "--conn", file],
      interrupt: "signal",
      language: deno,
      version: () => /\d[\d.]*/.exec(execFileSync(program ?? "", ["--version"], { encoding: "utf8" }))?.[0],
      ours: false,
    },
    {
      id: "ipykernel",
      label: "ipykernel",
      argv: [interpreter, "-m", "ipykernel_launcher", "-f", file],
      interrupt: "signal",
      language: python,
      version: () =>
        execFileSync(interpreter ?? "", ["-c", "print(__import__('ipykernel').__version__)"], {
          encoding: "utf8",
        }).trim(),
      ours: false,
    },
  ];
  const here = others.filter(({ argv }) => argv[0] !== undefined && existsSync(argv[0]));
  const told = here.map((kernel) => ({ ...kernel, version: kernel.version() }));
  return /** @type {Kernel[]} */ ([ours, stock, ...told]);
}
