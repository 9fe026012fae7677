import { totalmem } from "node:os";
import type { ErrorContent } from "./protocol";
import { plainError } from "./runner/errors";

/** With less than this part of a granted memory left, a cell is stopped. */
const GRANTED_RESERVE = 1 / 8;
/** With less than this part of the machine's or container's memory free, a cell is stopped. */
const FREE_RESERVE = 1 / 16;
/** A process that takes less than this part of the memory is not the one to stop. */
const LARGE = 1 / 4;

/** What this process may take in all: its heap, typed arrays, tensors and other memory outside of the heap; in bytes. */
export type MemoryLimit = { limit: number; isReached(size: number): boolean };

/** The limit that JupyterHub sets in MEM_LIMIT, in bytes, else the container's or machine's memory. */
export function memoryLimit(): MemoryLimit {
  const granted = Number(process.env.MEM_LIMIT);
  if (granted > 0) return { limit: granted, isReached: (size) => size > granted * (1 - GRANTED_RESERVE) };
  const container = process.constrainedMemory();
  const limit = container > 0 ? Math.min(container, totalmem()) : totalmem();
  const isReached = (size: number) =>
    size > limit * LARGE && process.availableMemory() < limit * FREE_RESERVE;
  return { limit, isReached };
}

/** The error of a cell that was stopped at a limit. */
export function limitError(problem: string, remedy: string): ErrorContent {
  return plainError("RangeError", `${problem}. To go on, ${remedy}`);
}

/** Bytes as whole MiB. */
export function mib(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
