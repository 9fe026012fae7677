import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A contestant's process, asked one JSON line at a time. It ends when its standard input does, also if this process is killed. */
export class Child {
  /** @param {{ command: string[], env?: Record<string, string> }} program */
  constructor({ command: [program = "", ...args], env = {} }) {
    this.lastWords = "";
    this.ended = false;
    this.why = "";
    /** What the present request waits for. @type {{ resolve: (line: string) => void, reject: (error: Error) => void } | undefined} */
    this.waiting = undefined;
    this.started = performance.now();
    this.process = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } });
    this.process.stderr.on("data", (chunk) => {
      this.lastWords = (this.lastWords + chunk).slice(-2000);
    });
    this.process.stdin.on("error", () => {});
    const lines = createInterface({ input: this.process.stdout });
    lines.on("line", (line) => this.waiting?.resolve(line));
    this.process.on("error", (error) => this.end(error.message));
    this.process.on("close", (code, signal) => this.end(`ended with ${signal ?? code}: ${this.reason()}`));
  }

  /**
   * @param {object} request
   * @param {number} [seconds] after which the process is ended
   * @returns {Promise<any>} the reply
   * @throws {Error} with what the contestant said went wrong, or how its process ended
   */
  async ask(request, seconds = 240) {
    if (this.ended) throw new Error(this.why);
    const timer = setTimeout(() => {
      this.end(`no answer within ${seconds} s`);
      this.process.kill("SIGKILL");
    }, seconds * 1000);
    try {
      const line = await new Promise((resolve, /** @type {(error: Error) => void} */ reject) => {
        this.waiting = { resolve, reject };
        this.process.stdin.write(`${JSON.stringify(request)}\n`);
      });
      const reply = JSON.parse(line);
      if (reply.error) throw new Error(reply.error);
      return reply;
    } finally {
      clearTimeout(timer);
    }
  }

  stop() {
    this.process.stdin.end();
    this.process.kill();
  }

  end(why) {
    if (this.ended) return;
    this.ended = true;
    this.why = why;
    this.waiting?.reject(new Error(why));
  }

  /** The line of its last words that names the error. */
  reason() {
    const lines = this.lastWords
      .trim()
      .split("\n")
      .map((line) => line.trim());
    return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? "";
  }
}
