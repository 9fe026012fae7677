/** Size of the ring in bytes; a power of two, so that positions may wrap around. */
const CAPACITY = 1 << 20;
/** Longest piece of text in one record: at most 3 bytes a UTF-16 unit, far below the capacity. */
const MAX_CHARS = 1 << 14;
const HEADER_BYTES = 8;
const SKIP = -1;

const WRITTEN = 0;
const READ = 1;
const SLEEPING = 2;

/** The memory that the two ends of a ring share. */
export type RingMemory = { control: SharedArrayBuffer; data: SharedArrayBuffer };

/** A piece of text and the number it was tagged with. */
export type RingRecord = { tag: number; text: string };

export function createRing(): RingMemory {
  return { control: new SharedArrayBuffer(12), data: new SharedArrayBuffer(CAPACITY) };
}

/**
 * The writing end of a pipe between two threads. It needs neither thread's event loop, so text arrives while the
 * writer is in a loop, and it blocks while the ring is full, so a printing loop cannot fill the memory.
 */
export class RingWriter {
  readonly #control: Int32Array;
  readonly #words: Int32Array;
  readonly #bytes: Buffer;
  readonly #wake: () => void;

  /** @param wake is called when the reader sleeps and there is something to read */
  constructor({ control, data }: RingMemory, wake: () => void) {
    this.#control = new Int32Array(control);
    this.#words = new Int32Array(data);
    this.#bytes = Buffer.from(data);
    this.#wake = wake;
  }

  /** Bytes written so far, modulo 2³²: a message sent beside the ring carries it to keep the order. */
  get position(): number {
    return Atomics.load(this.#control, WRITTEN);
  }

  write(tag: number, text: string): void {
    for (let start = 0; start < text.length; ) {
      let end = Math.min(start + MAX_CHARS, text.length);
      if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--;
      this.#writeRecord(tag, start === 0 && end === text.length ? text : text.slice(start, end));
      start = end;
    }
    if (Atomics.exchange(this.#control, SLEEPING, 0) === 1) this.#wake();
  }

  #writeRecord(tag: number, text: string): void {
    const room = HEADER_BYTES + align(3 * text.length);
    let written = this.position;
    const untilEnd = CAPACITY - offset(written);
    if (untilEnd < room) {
      this.#awaitRoom(written, untilEnd);
      this.#writeHeader(written, untilEnd - HEADER_BYTES, SKIP);
      written = (written + untilEnd) | 0;
      Atomics.store(this.#control, WRITTEN, written);
    }
    this.#awaitRoom(written, room);
    const length = this.#bytes.write(text, offset(written) + HEADER_BYTES, "utf8");
    this.#writeHeader(written, length, tag);
    Atomics.store(this.#control, WRITTEN, (written + HEADER_BYTES + align(length)) | 0);
  }

  #writeHeader(position: number, length: number, tag: number): void {
    const word = offset(position) >> 2;
    this.#words[word] = length;
    this.#words[word + 1] = tag;
  }

  #awaitRoom(written: number, room: number): void {
    for (;;) {
      const read = Atomics.load(this.#control, READ);
      if (((written - read) | 0) + room <= CAPACITY) return;
      if (Atomics.exchange(this.#control, SLEEPING, 0) === 1) this.#wake();
      Atomics.wait(this.#control, READ, read);
    }
  }
}

/** The reading end of a ring. */
export class RingReader {
  readonly #control: Int32Array;
  readonly #words: Int32Array;
  readonly #bytes: Buffer;

  constructor({ control, data }: RingMemory) {
    this.#control = new Int32Array(control);
    this.#words = new Int32Array(data);
    this.#bytes = Buffer.from(data);
  }

  /** The writer's position. */
  get written(): number {
    return Atomics.load(this.#control, WRITTEN);
  }

  /** Records up to a position of the writer's, neighbours of one tag joined. */
  read(until: number = this.written): RingRecord[] {
    const records: RingRecord[] = [];
    let last: RingRecord | undefined;
    let read = Atomics.load(this.#control, READ);
    while (((until - read) | 0) > 0) {
      const start = offset(read) + HEADER_BYTES;
      const length = this.#words[offset(read) >> 2]!;
      const tag = this.#words[(offset(read) >> 2) + 1]!;
      read = (read + HEADER_BYTES + align(length)) | 0;
      if (tag === SKIP) continue;
      const text = this.#bytes.toString("utf8", start, start + length);
      if (last?.tag === tag) last.text += text;
      else records.push((last = { tag, text }));
    }
    Atomics.store(this.#control, READ, read);
    Atomics.notify(this.#control, READ);
    return records;
  }

  /** Asks the writer to wake this side with its next record. False if there is something to read already. */
  sleep(): boolean {
    Atomics.store(this.#control, SLEEPING, 1);
    if (Atomics.load(this.#control, WRITTEN) === Atomics.load(this.#control, READ)) return true;
    Atomics.store(this.#control, SLEEPING, 0);
    return false;
  }
}

function offset(position: number): number {
  return position & (CAPACITY - 1);
}

function align(length: number): number {
  return (length + 7) & ~7;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
