const INTERVAL_MS = 250;
const INIT = 1;

/**
 * Calls `onDeath` once when the process that started this one is gone.
 *
 * @param parent `process.ppid`, read as early as can be
 */
export function watchParent(parent: number, onDeath: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent && !isOrphan()) return;
    clearInterval(timer);
    onDeath();
  }, INTERVAL_MS);
}

/**
 * Whether the process has come to init, though a server started it, which may have ended before `process.ppid` could be
 * read. Jupyter gives each kernel the server's process id.
 */
function isOrphan(): boolean {
  const server = Number(process.env.JPY_PARENT_PID ?? INIT);
  return process.ppid === INIT && server !== INIT;
}
