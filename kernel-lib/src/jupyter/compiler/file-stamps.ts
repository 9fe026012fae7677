import { statSync } from "node:fs";

/** A change of a file on disk. */
export interface FileChange {
  readonly file: string;
  readonly change: "created" | "changed" | "deleted";
}

/** Files on disk, to be asked now and then what became of them. */
export class FileStamps {
  private readonly stamps = new Map<string, string | undefined>();

  has(file: string): boolean {
    return this.stamps.has(file);
  }

  /** Watches a file from now on, also one that does not exist yet. */
  add(file: string): void {
    this.stamps.set(file, stampOf(file));
  }

  delete(file: string): void {
    this.stamps.delete(file);
  }

  /** What changed since the last call, or since a file was added. */
  changes(): FileChange[] {
    const changes: FileChange[] = [];
    for (const [file, old] of this.stamps) {
      const stamp = stampOf(file);
      if (stamp === old) continue;
      const change = stamp === undefined ? "deleted" : old === undefined ? "created" : "changed";
      changes.push({ file, change });
      this.stamps.set(file, stamp);
    }
    return changes;
  }
}

/** Whether there is such a file. */
export function isFile(file: string): boolean {
  return stampOf(file) !== undefined;
}

/** What changes when a file's content changes; undefined where there is no such file. */
function stampOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : undefined;
}
