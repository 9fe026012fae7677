import { complete, prefixAt } from "./completion";
import { readCell } from "./declarations";
import { inspection } from "./inspection";
import { tooDeepAt } from "./nesting";
import type { Oxc } from "./oxc";
import { positionAt } from "./positions";
import type { Project } from "./project";
import type { Position } from "./protocol";
import { Queue } from "./queue";
import type { Scope } from "./scope";
import type { Completion, Inspection, Variable } from "./types";
import { variables } from "./variables";

/**
 * What is asked about code that is being written, also while a cell runs. Each question has the scratch file for itself.
 */
export class Questions {
  private readonly queue = new Queue();

  constructor(
    private readonly oxc: Oxc,
    private readonly project: Project,
  ) {}

  async complete(scope: Scope, code: string, offset: number): Promise<Completion> {
    if (tooDeepAt(code) !== undefined) return { matches: [], start: offset, end: offset };
    return this.queue.add(async () => {
      const position = this.scratch(scope, code, offset);
      const { workspace, scratchFile } = this.project;
      const items = await workspace.ask((checker) => checker.completions(scratchFile, position));
      return complete(code, offset, items);
    });
  }

  async inspect(scope: Scope, code: string, offset: number): Promise<Inspection | undefined> {
    if (tooDeepAt(code) !== undefined) return undefined;
    return this.queue.add(async () => {
      const position = this.scratch(scope, code, offset);
      const { workspace, scratchFile } = this.project;
      return workspace.ask(async (checker) => {
        const [hover, help] = await Promise.all([
          checker.hover(scratchFile, position),
          checker.signatureHelp(scratchFile, position),
        ]);
        return inspection(hover, help);
      });
    });
  }

  variables(scope: Scope): Promise<readonly Variable[]> {
    return this.queue.add(() => variables(this.project, scope));
  }

  /** Puts a cell that is being written into the scratch file, and gives the position of an offset in it. */
  private scratch(scope: Scope, code: string, offset: number): Position {
    const cell = readCell(this.oxc, code);
    const prefix = prefixAt(code, offset);
    const names = [...cell.words, ...scope.names().filter((name) => name.startsWith(prefix))];
    const header = scope.documentedHeader(new Set(names), cell);
    this.project.workspace.set(this.project.scratchFile, header + code);
    return positionAt(header + code, header.length + offset);
  }
}
