import { join, resolve } from "node:path";
import type { KernelSpec } from "../jupyter/client";

/** A kernel that can execute notebooks: how to start it, and what a notebook's metadata says of it. */
export type NotebookKernel = {
  name: string;
  displayName: string;
  language: string;
  spec: KernelSpec;
  /** Milliseconds that a kernel needs after a failed cell before it takes the next one. */
  restAfterError: number;
};

const PACKAGE = resolve(__dirname, "../..");
const tslab = () => require.resolve("tslab/bin/tslab", { paths: [PACKAGE] });

const KERNELS: Record<string, () => NotebookKernel> = {
  typescript: () => ({
    name: "typescript",
    displayName: "TypeScript",
    language: "typescript",
    spec: {
      argv: [
        process.execPath,
        join(PACKAGE, "dist/jupyter/main.js"),
        "--connection-file",
        "{connection_file}",
      ],
    },
    restAfterError: 0,
  }),
  tslab: () => ({
    name: "tslab",
    displayName: "TypeScript (tslab)",
    language: "typescript",
    spec: { argv: [process.execPath, tslab(), "kernel", "--config-path={connection_file}"] },
    restAfterError: 300, // it drops what is asked within 200 ms after an error
  }),
};

export const kernelNames: readonly string[] = Object.keys(KERNELS);

/** The kernel of this name, or undefined when there is none. */
export const findKernel = (name: string): NotebookKernel | undefined =>
  Object.hasOwn(KERNELS, name) ? KERNELS[name]!() : undefined;
