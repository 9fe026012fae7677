import { Project } from "./project";
import { Scope } from "./scope";

/** The type checker of a notebook without cells, which is getting ready. */
export interface StartedChecker {
  readonly scope: Scope;
  readonly opened: ReturnType<typeof Project.open>;
}

/**
 * Starts the type checker for cells of a notebook in the folder `cwd`. It reads the standard library for some 0.2 s,
 * in a process of its own.
 */
export function startChecker(cwd: string): StartedChecker {
  const scope = new Scope();
  const opened = Project.open(cwd, scope.prelude, scope.header(new Set()));
  // A failure is told by whoever waits for it.
  opened.catch(() => {});
  return { scope, opened };
}
