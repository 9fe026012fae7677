import path from "node:path";
import { Checker } from "./checker";
import { LanguageServerError } from "./language-server";

/**
 * The files that exist only in the checker's memory, and a checker that knows them.
 *
 * A checker that crashes or hangs is replaced by a new one that is given the same files, so nothing is forgotten.
 */
export class Workspace {
  private readonly files = new Map<string, string>();
  private checker: Checker | undefined;

  /** Starts a checker. */
  constructor(
    private readonly cwd: string,
    readonly configFile: string,
  ) {
    this.checker = new Checker(cwd, configFile);
  }

  /** The path of a file in the notebook's folder. */
  file(name: string): string {
    return path.join(this.cwd, name);
  }

  /** Gives a file its text; the checker hears of it with the next question. */
  set(file: string, text: string): void {
    this.files.set(file, text);
  }

  /** Asks the checker; where it crashes or hangs, asks a new one once more. */
  async ask<Answer>(question: (checker: Checker) => Promise<Answer>): Promise<Answer> {
    try {
      return await question(this.current());
    } catch (error) {
      if (!(error instanceof LanguageServerError) || this.checker === undefined) throw error;
      await this.close();
      return await question(this.current());
    }
  }

  /** The process of the checker, for tests and measurements. */
  get pid(): number | undefined {
    return this.checker?.pid;
  }

  /** Has the checker free what it no longer needs. */
  collectGarbage(): void {
    this.checker?.collectGarbage();
  }

  async close(): Promise<void> {
    const { checker } = this;
    this.checker = undefined;
    await checker?.close();
  }

  private current(): Checker {
    this.checker ??= new Checker(this.cwd, this.configFile);
    const { checker } = this;
    for (const [file, text] of this.files) checker.set(file, text);
    return checker;
  }
}
