const INTERVAL_MS = 250;

/** Calls `onDeath` once when the process that started this one is gone. */
export function watchParent(onDeath: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onDeath();
  }, INTERVAL_MS);
}
