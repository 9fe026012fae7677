const utf8 = new TextEncoder();

/** Strings are written in pieces of this many UTF-16 code units, which the processor's cache holds. */
const PIECE = 1 << 16;

/** UTF-8 takes at most so many bytes for a UTF-16 code unit. */
const MOST_BYTES = 3;

/** Bytes for what is written beside the expected. */
const ROOM = 1 << 12;

/** JSON in UTF-8 that grows at its end. */
export class JsonBytes {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** @param expected how many bytes will be written, where the writer has an idea */
  constructor(expected = 0) {
    this.#bytes = new Uint8Array(expected + ROOM);
  }

  /** What was written. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Adds a piece of JSON as it is. */
  add(json: string): void {
    const most = this.#length + MOST_BYTES * json.length;
    if (most > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(most, 2 * this.#bytes.length));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#length += utf8.encodeInto(json, this.#bytes.subarray(this.#length)).written;
  }

  /**
   * Adds a string in quotes. A long one is never a whole JSON text, which would be copied once more. A surrogate pair
   * across two pieces is written as two escapes: to readers of JSON that is the same.
   */
  addString(text: string): void {
    this.add('"');
    for (let start = 0; start < text.length; start += PIECE)
      this.add(JSON.stringify(text.slice(start, start + PIECE)).slice(1, -1));
    this.add('"');
  }
}
