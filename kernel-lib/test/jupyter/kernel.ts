import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll } from "vitest";
import {
  type ExecuteOptions,
  type Execution,
  type KernelClient,
  startKernel,
} from "../../src/jupyter/client";
import { kernelCommand } from "../../src/jupyter/kernelspec";

const MINUTE = 60_000;
const MAIN = resolve(__dirname, "../../dist/jupyter/main.js");

/** The command that starts the built kernel. */
export const argv = kernelCommand("{connection_file}", MAIN);

/** A kernel in a folder of its own. */
export type TestKernel = {
  client: KernelClient;
  folder: string;
  /** Writes a file beside the notebook. */
  write(name: string, text: string): void;
  run(code: string, options?: ExecuteOptions): Promise<Execution>;
};

/** An empty folder for a notebook. */
export function emptyFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "kernel-test-")));
}

/** Starts a kernel for all tests of a file or group. */
export function useKernel(): TestKernel {
  const kernel = {} as TestKernel;
  beforeAll(async () => {
    const folder = emptyFolder();
    Object.assign(kernel, {
      folder,
      client: await startKernel({ argv, cwd: folder }),
      write(name: string, text: string) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      },
      run: (code: string, options: ExecuteOptions = {}) =>
        kernel.client.execute(code, { timeout: 30_000, ...options }),
    });
  }, MINUTE);
  afterAll(async () => {
    await kernel.client?.shutdown();
    rmSync(kernel.folder, { recursive: true, force: true });
  }, MINUTE);
  return kernel;
}

/** The text of a stream. */
export function text({ outputs }: Execution, name: "stdout" | "stderr" = "stdout"): string {
  return outputs
    .filter(({ header, content }) => header.msg_type === "stream" && content.name === name)
    .map(({ content }) => content.text)
    .join("");
}

/** The text/plain of the result, or what went wrong in its place. */
export function result(execution: Execution): unknown {
  if (execution.status !== "ok") return `${execution.reply.ename}: ${execution.reply.evalue}`;
  const message = execution.outputs.find(({ header }) => header.msg_type === "execute_result");
  return (message?.content.data as Record<string, unknown> | undefined)?.["text/plain"];
}

/** Runs cells one after the other and gives what the last one shows: its value, or its error, without cells' numbers. */
export async function lastResult(kernel: TestKernel, cells: readonly string[]): Promise<string> {
  let shown = "";
  for (const code of cells) shown = String(result(await kernel.run(code)));
  return shown.replaceAll(/cell\[\d+\]/g, "cell[N]");
}

/** Types of the messages on iopub. */
export function types({ outputs }: Execution): string[] {
  return outputs.map(({ header }) => header.msg_type);
}

/** The traceback of a failed cell without colours. */
export function traceback({ reply }: Execution): string {
  return stripVTControlCharacters((reply.traceback as string[]).join("\n"));
}

/** The content of the first message of a type. */
export function content({ outputs }: Execution, type: string): Record<string, unknown> | undefined {
  return outputs.find(({ header }) => header.msg_type === type)?.content;
}

export function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
