import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file whole: beside, then renamed. @param {string} file @param {string | Uint8Array} content */
export function writeWhole(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, content);
  renameSync(`${file}.part`, file);
}

/**
 * Rows that are finished, on disk as soon as they are, so that a run that was cut off can go on. The key tells whether an
 * earlier run measured the same thing.
 */
export class Journal {
  /** @param {string} file @param {string} key @param {boolean} resume */
  constructor(file, key, resume) {
    this.file = file;
    this.key = key;
    /** @type {Record<string, any>} */
    this.rows = {};
    /** The rows of the earlier run. @type {string[]} */
    this.resumed = [];
    if (!resume || !existsSync(file)) return;
    const earlier = JSON.parse(readFileSync(file, "utf8"));
    if (earlier.key !== key) return;
    this.rows = earlier.rows;
    this.resumed = Object.keys(earlier.rows);
  }

  /** @template T @param {string} id @param {() => Promise<T>} work @returns {Promise<T>} */
  async once(id, work) {
    if (!(id in this.rows)) {
      this.rows[id] = await work();
      writeWhole(this.file, JSON.stringify({ key: this.key, rows: this.rows }));
    }
    return this.rows[id];
  }

  finish() {
    rmSync(this.file, { force: true });
  }
}
