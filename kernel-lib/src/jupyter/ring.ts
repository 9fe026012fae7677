/** Size of the ring in bytes; a power of two, so that positions may wrap around. */
const CAPACITY = 1 << 20;
/** So many changes of the tag may be unread; a power of two. */
const MAX_MARKS = 1 << 12;
/** Longest piece of text that is written at once: at most 3 bytes a UTF-16 unit, far below the capacity. */
const MAX_CHARS = 1 << 14;

const WRITTEN = 0;
const READ = 1;
const SLEEPING = 2;
const MARKS_WRITTEN = 3;
const MARKS_READ = 4;

/**
 * The memory that the two ends of a ring share: the text, and where its tag changes (a position and a tag each; -1
 * where there was none yet).
 */
export type RingMemory = { control: SharedArrayBuffer; data: SharedArrayBuffer; marks: SharedArrayBuffer };

/** A piece of text and the number, from 0, that it was tagged with. */
export type RingRecord = { tag: number; text: string };

export function createRing(): RingMemory {
  const marks = new SharedArrayBuffer(8 * MAX_MARKS);
  new Int32Array(marks).fill(-1);
  return { control: new SharedArrayBuffer(20), data: new SharedArrayBuffer(CAPACITY), marks };
}

/**
 * The writing end of a pipe between two threads. It needs neither thread's event loop, so text arrives while the
 * writer is in a loop, and it blocks while the ring is full, so a printing loop cannot fill the memory. All that it
 * knows is in the shared memory, so that it may be interrupted anywhere.
 */
export class RingWriter {
  readonly #control: Int32Array;
  readonly #marks: Int32Array;
  readonly #bytes: Buffer;
  readonly #wake: () => void;
  readonly #scratch = Buffer.alloc(3 * MAX_CHARS);

  /** @param wake is called when the reader sleeps and there is something to read */
  constructor({ control, data, marks }: RingMemory, wake: () => void) {
    this.#control = new Int32Array(control);
    this.#marks = new Int32Array(marks);
    this.#bytes = Buffer.from(data);
    this.#wake = wake;
  }

  /** Bytes written so far, modulo 2³²: a message sent beside the ring carries it to keep the order. */
  get position(): number {
    return Atomics.load(this.#control, WRITTEN);
  }

  write(tag: number, text: string): void {
    if (text !== "") this.#mark(tag);
    for (let start = 0; start < text.length; ) {
      let end = Math.min(start + MAX_CHARS, text.length);
      if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--;
      this.#writePiece(start === 0 && end === text.length ? text : text.slice(start, end));
      start = end;
    }
    if (Atomics.exchange(this.#control, SLEEPING, 0) === 1) this.#wake();
  }

  /** Notes that the text from here on has this tag, unless the text before has it too. */
  #mark(tag: number): void {
    const marks = Atomics.load(this.#control, MARKS_WRITTEN);
    if (this.#marks[markOffset(marks - 1) + 1] === tag) return;
    this.#awaitRoom(() => ((marks - Atomics.load(this.#control, MARKS_READ)) | 0) < MAX_MARKS);
    this.#marks[markOffset(marks)] = this.position;
    this.#marks[markOffset(marks) + 1] = tag;
    Atomics.store(this.#control, MARKS_WRITTEN, (marks + 1) | 0);
  }

  #writePiece(text: string): void {
    const written = this.position;
    const room = 3 * text.length;
    this.#awaitRoom((read) => ((written - read) | 0) + room <= CAPACITY);
    const start = offset(written);
    let length: number;
    if (start + room <= CAPACITY) length = this.#bytes.write(text, start, "utf8");
    else {
      length = this.#scratch.write(text, "utf8");
      const untilEnd = Math.min(length, CAPACITY - start);
      this.#scratch.copy(this.#bytes, start, 0, untilEnd);
      this.#scratch.copy(this.#bytes, 0, untilEnd, length);
    }
    Atomics.store(this.#control, WRITTEN, (written + length) | 0);
  }

  /** Sleeps until the reader has read enough. */
  #awaitRoom(isRoom: (read: number) => boolean): void {
    for (;;) {
      const read = Atomics.load(this.#control, READ);
      if (isRoom(read)) return;
      if (Atomics.exchange(this.#control, SLEEPING, 0) === 1) this.#wake();
      Atomics.wait(this.#control, READ, read);
    }
  }
}

/** The reading end of a ring. */
export class RingReader {
  readonly #control: Int32Array;
  readonly #marks: Int32Array;
  readonly #bytes: Buffer;
  #tag = 0;

  constructor({ control, data, marks }: RingMemory) {
    this.#control = new Int32Array(control);
    this.#marks = new Int32Array(marks);
    this.#bytes = Buffer.from(data);
  }

  /** The writer's position. */
  get written(): number {
    return Atomics.load(this.#control, WRITTEN);
  }

  /** The texts up to a position of the writer's, neighbours of one tag joined. */
  read(until: number = this.written): RingRecord[] {
    const records: RingRecord[] = [];
    let read = Atomics.load(this.#control, READ);
    while (((until - read) | 0) > 0) {
      const end = this.#nextTag(read, until);
      records.push({ tag: this.#tag, text: this.#text(read, end) });
      read = end;
    }
    Atomics.store(this.#control, READ, read);
    Atomics.notify(this.#control, READ);
    return records;
  }

  /** Takes the tag of the text at a position, and gives the position up to which the text has it. */
  #nextTag(read: number, until: number): number {
    const written = Atomics.load(this.#control, MARKS_WRITTEN);
    let mark = Atomics.load(this.#control, MARKS_READ);
    for (; mark !== written; mark = (mark + 1) | 0) {
      const position = this.#marks[markOffset(mark)]!;
      if (((position - read) | 0) > 0) {
        if (((until - position) | 0) > 0) until = position;
        break;
      }
      this.#tag = this.#marks[markOffset(mark) + 1]!;
    }
    Atomics.store(this.#control, MARKS_READ, mark);
    return until;
  }

  #text(from: number, to: number): string {
    const [start, end] = [offset(from), offset(from) + ((to - from) | 0)];
    if (end <= CAPACITY) return this.#bytes.toString("utf8", start, end);
    return Buffer.concat([this.#bytes.subarray(start), this.#bytes.subarray(0, end - CAPACITY)]).toString();
  }

  /** Asks the writer to wake this side with its next text. False if there is something to read already. */
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

function markOffset(mark: number): number {
  return 2 * (mark & (MAX_MARKS - 1));
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
