import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";

const KEPT_OUTPUT = 64 * 1024;
/** Standard output and error may hold a last word when the process has just ended. */
const LAST_WORDS_MS = 50;
const windows = process.platform === "win32";

export type KernelProcessOptions = {
  /** Command line; `{connection_file}` in it is replaced. */
  argv: readonly string[];
  connectionFile: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
};

/**
 * A kernel's process and all that it starts, in a process group of their own, so that a Ctrl-C in the terminal reaches
 * only the client and so that ending it leaves nothing behind. When the client's process ends in whatever way,
 * the group is killed and the connection file removed: by an exit handler, or, after a kill -9, by a guard process that waits
 * for its standard input to close. (On Windows there is no guard: there a kernel has to watch JPY_PARENT_PID.)
 */
export class KernelProcess {
  /** Resolves when the process has ended, with how it ended: `exit code 1` or `signal SIGKILL`. */
  readonly exited: Promise<string>;
  readonly pid: number;
  #running = true;
  #output = "";
  readonly #guard: ChildProcess | undefined;
  readonly #killNow: () => void;

  private constructor(child: ChildProcess, connectionFile: string) {
    this.pid = child.pid!;
    this.#killNow = () => {
      killGroup(child);
      rmSync(connectionFile, { force: true });
    };
    this.#guard = windows ? undefined : startGuard(this.pid, connectionFile);
    process.once("exit", this.#killNow);
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#output = (this.#output + text).slice(-KEPT_OUTPUT);
      });
    this.exited = new Promise((resolve) =>
      child.once("exit", (code, signal) => {
        this.#running = false;
        process.off("exit", this.#killNow);
        this.#killNow();
        this.#guard?.kill("SIGKILL");
        setTimeout(() => {
          for (const stream of [child.stdout!, child.stderr!]) stream.destroy();
          resolve(signal ? `signal ${signal}` : `exit code ${code}`);
        }, LAST_WORDS_MS);
      }),
    );
  }

  /** Starts the process. Throws when the program is missing or can't be run. */
  static async start({ argv, connectionFile, cwd, env }: KernelProcessOptions): Promise<KernelProcess> {
    if (!argv.some((word) => word.includes("{connection_file}")))
      throw new Error(
        `startKernel: argv: expected a word with {connection_file}, got ${JSON.stringify(argv)}`,
      );
    const [program, ...words] = argv.map((word) => word.replaceAll("{connection_file}", connectionFile));
    const child = spawn(program!, words, {
      cwd,
      env: { ...process.env, ...env, JPY_PARENT_PID: String(process.pid) },
      stdio: ["ignore", "pipe", "pipe"],
      detached: !windows,
      windowsHide: true,
    });
    await new Promise((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (error) => reject(new Error(`startKernel: ${program}: ${error.message}`)));
    });
    return new KernelProcess(child, connectionFile);
  }

  get running(): boolean {
    return this.#running;
  }

  /** What the process itself wrote to its standard output and error (the last 64 KB), for error messages. */
  get output(): string {
    return this.#output;
  }

  /** Ends the process and its children at once. Resolves when it has ended. */
  async kill(): Promise<void> {
    if (this.#running) this.#killNow();
    await this.exited;
  }
}

function killGroup(child: ChildProcess): void {
  try {
    if (windows) child.kill("SIGKILL");
    else process.kill(-child.pid!, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function startGuard(group: number, connectionFile: string): ChildProcess {
  const script = 'read -r _; kill -KILL "-$1"; rm -f "$2"';
  const guard = spawn("sh", ["-c", script, "kernel-guard", String(group), connectionFile], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  guard.on("error", () => {}); // without a shell the exit handler alone does the work
  guard.stdin!.on("error", () => {});
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}
