import { cellOfPromise, currentCell, type RunningCell, resetCell } from "./cells";

const { exit, abort, kill } = process;

/** Ends the process, which `forbidExit` keeps user code from doing. */
export function exitProcess(code: number): never {
  Object.assign(process, { exit, abort, kill });
  return exit.call(process, code);
}

/** Makes calls that would end the kernel errors of their cell. */
export function forbidExit(): void {
  const refuse = (call: string): never => {
    throw new Error(
      `${call} would end the kernel and lose its variables. To stop a cell, throw an error; to end the kernel, use Shut Down Kernel`,
    );
  };
  process.exit = (code) => refuse(`process.exit(${code ?? ""})`);
  process.abort = () => refuse("process.abort()");
  process.kill = (pid, signal) => {
    const endsKernel = (pid === process.pid || pid === -process.pid || pid === 0) && signal !== 0;
    return endsKernel ? refuse(`process.kill(${pid})`) : kill.call(process, pid, signal);
  };
  // Ctrl-C in the terminal of the Jupyter server reaches the kernel too; the server asks before it ends kernels.
  process.on("SIGINT", () => {});
}

/** Tells of errors that no code of the user's caught, with the cell they belong to. */
export function catchUncaught(handlers: {
  exception(error: unknown, cell: RunningCell): void;
  rejection(error: unknown, cell: RunningCell, promise: Promise<unknown>): void;
  handledLater(promise: Promise<unknown>): void;
}): void {
  process.setUncaughtExceptionCaptureCallback((error) => {
    const cell = currentCell();
    resetCell();
    handlers.exception(error, cell);
  });
  process.on("unhandledRejection", (error, promise) => {
    handlers.rejection(error, cellOfPromise(promise) ?? currentCell(), promise);
  });
  process.on("rejectionHandled", (promise) => handlers.handledLater(promise));
}
