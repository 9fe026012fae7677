import type { CellId, Compilation, Compiler } from "./compiler/types";

/** How long a check that nobody waits for may go on before the checker is ended, in ms: the next cell waits behind it. */
const PATIENCE_MS = 1000;

/** Compiles a cell; undefined as soon as the user interrupts it. */
export async function compileUnlessInterrupted(
  compiler: Compiler,
  code: string,
  cell: CellId,
  signal: AbortSignal,
): Promise<Compilation | undefined> {
  const compiled = compiler.compile(code, cell);
  let timer: NodeJS.Timeout | undefined;
  let interrupt!: () => void;
  const interrupted = new Promise<undefined>((resolve) => {
    interrupt = () => {
      timer = setTimeout(() => void compiler.abandon(), PATIENCE_MS);
      resolve(undefined);
    };
  });
  compiled.then(
    () => clearTimeout(timer),
    () => clearTimeout(timer),
  );
  if (signal.aborted) interrupt();
  signal.addEventListener("abort", interrupt);
  try {
    return await Promise.race([compiled, interrupted]);
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}
