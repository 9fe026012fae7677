import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

/**
 * Waits until no other set-up works on this checkout, then takes the lock.
 *
 * The lock file names every process that works under it, the set-up's own and its children's. It counts for as long as one of
 * them lives: a set-up that was killed leaves no lock behind, but a package manager that outlived it is waited for.
 * @param {string} file
 * @param {(pids: number[]) => void} onWait called once, if another set-up is at work
 * @returns {Promise<{ add(pid: number): void, remove(pid: number): void, release(): void }>}
 */
export async function acquireLock(file, onWait = () => {}) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!tryCreate(file)) {
    const holders = readPids(file);
    const alive = holders?.filter(isAlive) ?? [];
    if (holders && alive.length === 0) {
      removeDead(file, holders);
      continue;
    }
    if (!told && alive.length > 0) onWait(alive);
    told = told || alive.length > 0;
    await sleep(200);
  }
  const pids = new Set([process.pid]);
  const save = () => {
    const beside = `${file}.${process.pid}`;
    writeFileSync(beside, [...pids].join(" "));
    renameSync(beside, file);
  };
  return {
    add(pid) {
      pids.add(pid);
      save();
    },
    remove(pid) {
      pids.delete(pid);
      save();
    },
    release: () => rmSync(file, { force: true }),
  };
}

function tryCreate(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

const sleep = promisify(setTimeout);
const writingMs = 2000;

/** The processes named in the lock; undefined when it is just being written or has just gone. */
function readPids(file) {
  try {
    const text = readFileSync(file, "utf8").trim();
    if (text) return text.split(" ").map(Number);
    return Date.now() - statSync(file).mtimeMs > writingMs ? [] : undefined;
  } catch {
    return undefined;
  }
}

/** Moves a dead lock away; if another set-up took the lock in between, gives it back. */
function removeDead(file, expected) {
  const aside = `${file}.dead-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readPids(aside);
  if (moved?.some(isAlive) && moved.join() !== expected.join()) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
