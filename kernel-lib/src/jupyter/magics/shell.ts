import { type ChildProcess, spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { plainError } from "../runner/errors";
import { INTERRUPTED } from "../runner/interrupt";
import type { Outcome } from "../runner/messages";
import type { Magic, MagicKernel } from "./magic";

/** The variable of the environment that switches shell commands on, when the kernel starts with it. */
export const SHELL_SWITCH = "TYPESCRIPT_KERNEL_SHELL";

/** What a user is told who writes a shell command where they are off. */
export const SHELL_IS_OFF =
  `shell commands are off. To switch them on, start Jupyter with the environment variable ${SHELL_SWITCH}=1, ` +
  `or add it to "env" in the kernel's kernel.json (jupyter kernelspec list says where it is), and restart the kernel`;

/** Whether cells may run shell commands. */
export function shellIsOn(): boolean {
  return process.env[SHELL_SWITCH] === "1";
}

/** How long an interrupted command may take to end by itself, in ms. */
const PATIENCE_MS = 1000;

/**
 * Runs a command in a process group of its own. Whatever happens to the kernel, the group does not outlive it: its
 * first process waits for the end of a pipe that only the kernel holds open.
 */
const GUARDED = `{ read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 </dev/null &
guard=$!
trap : INT
sh -c "$1" 3<&-
status=$?
kill -KILL $guard
exit $status`;

/** `!command`: a command of the system's shell. */
export const shell: Magic = {
  name: "!",
  usage: "!COMMAND",
  documentation:
    "Runs a command in the system's shell, in the notebook's folder, without input. Its output is shown as it " +
    `comes; a command that fails fails the cell. Off unless the kernel was started with \`${SHELL_SWITCH}=1\`.`,
  takes: "line",
  problem(argument) {
    if (!shellIsOn()) return SHELL_IS_OFF;
    return argument === "" ? "expected a command" : undefined;
  },
  run: ({ argument }, kernel) => runCommand(argument, kernel),
};

function runCommand(command: string, kernel: MagicKernel): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn("sh", ["-c", GUARDED, "sh", command], {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      detached: true,
    });
    const stop = (): void => end(child);
    const finish = (outcome: Outcome): void => {
      kernel.signal.removeEventListener("abort", stop);
      resolve(outcome);
    };
    forward(child, "stdout", kernel);
    forward(child, "stderr", kernel);
    child.once("error", ({ message }) => finish(failed("ShellError", message)));
    child.once("close", (status, signal) => {
      if (kernel.signal.aborted) finish(failed(INTERRUPTED.ename, INTERRUPTED.evalue));
      else if (status === 0) finish({ status: "ok" });
      else finish(failed("ShellError", `${command}: ended with ${reason(status, signal)}`));
    });
    kernel.signal.addEventListener("abort", stop, { once: true });
    if (kernel.signal.aborted) stop();
  });
}

function forward(child: ChildProcess, name: "stdout" | "stderr", kernel: MagicKernel): void {
  const decoder = new StringDecoder("utf8");
  const write = (text: string): void => {
    if (text !== "") kernel.publish("stream", { name, text });
  };
  child[name]?.on("data", (chunk: Buffer) => write(decoder.write(chunk)));
  child[name]?.once("end", () => write(decoder.end()));
}

/** Asks all processes of a command to end, as Ctrl-C does, and ends those that do not. */
function end({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  signalGroup(pid, "SIGINT");
  setTimeout(() => signalGroup(pid, "SIGKILL"), PATIENCE_MS).unref();
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

function reason(status: number | null, signal: NodeJS.Signals | null): string {
  return status === null ? `signal ${signal}` : `exit code ${status}`;
}

function failed(ename: string, evalue: string): Outcome {
  return { status: "error", error: plainError(ename, evalue) };
}
