/** Places in the control block that all threads see. */
const CLAIM = 0;
const DONE = 1;
const TASK = 2;
const JOB = 3;
const FAILED = 4;
const QUIT = 5;
const LENGTH = 6;

/** Looks before a thread sleeps, some tens of microseconds: to be woken takes about fifty. */
const LOOKS = 5_000;

const SEAT_BITS = 8;
const SEAT_MASK = (1 << SEAT_BITS) - 1;

/** A part of a task that a thread has taken on. */
export type Claim = { readonly seat: number; readonly task: number; readonly job: number };

/**
 * The order of work among threads. In a turn, one task of one job, the seats 0 … count − 1 are taken one by one by
 * whichever thread comes first, so that a thread that wakes late, or never started, holds up nobody.
 *
 * One word holds the turn and the next free seat. A seat is taken by compare-and-exchange; as a turn ends only when
 * all its seats are done, who succeeds has read the task and the job of that very turn.
 */
export class Turns {
  readonly shared: SharedArrayBuffer;
  private readonly words: Int32Array;

  constructor(
    readonly seats: number,
    shared = new SharedArrayBuffer(4 * LENGTH),
  ) {
    this.shared = shared;
    this.words = new Int32Array(shared);
  }

  /** Opens a turn and wakes the sleepers. */
  open(task: number, job: number): void {
    const turn = (Atomics.load(this.words, CLAIM) >>> SEAT_BITS) + 1;
    Atomics.store(this.words, DONE, 0);
    Atomics.store(this.words, TASK, task);
    Atomics.store(this.words, JOB, job);
    Atomics.store(this.words, CLAIM, turn << SEAT_BITS);
    Atomics.notify(this.words, CLAIM);
  }

  /** Takes the next seat of the present turn, if one is left. */
  claim(): Claim | undefined {
    for (;;) {
      const word = Atomics.load(this.words, CLAIM);
      const seat = word & SEAT_MASK;
      if (seat >= this.seats || word === 0) return undefined;
      const claim = {
        seat,
        task: Atomics.load(this.words, TASK),
        job: Atomics.load(this.words, JOB),
      };
      if (Atomics.compareExchange(this.words, CLAIM, word, word + 1) === word) return claim;
    }
  }

  /** Reports a seat as done. */
  finish(failed: boolean): void {
    if (failed) Atomics.store(this.words, FAILED, 1);
    Atomics.add(this.words, DONE, 1);
    Atomics.notify(this.words, DONE);
  }

  /** Waits until all seats of the turn are done. @returns whether one failed, ever */
  close(): boolean {
    for (let done = Atomics.load(this.words, DONE); done < this.seats; done = Atomics.load(this.words, DONE))
      this.await(DONE, done);
    return Atomics.load(this.words, FAILED) !== 0;
  }

  /** Sleeps until the next turn opens. @returns false when there will be none */
  sleep(): boolean {
    for (;;) {
      if (Atomics.load(this.words, QUIT)) return false;
      const word = Atomics.load(this.words, CLAIM);
      if (word !== 0 && (word & SEAT_MASK) < this.seats) return true;
      this.await(CLAIM, word);
    }
  }

  /** Returns when a word has changed: looks for a while, then sleeps. */
  private await(place: number, value: number): void {
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(this.words, place) !== value) return;
    Atomics.wait(this.words, place, value);
  }

  /** Sends all sleepers home. */
  quit(): void {
    Atomics.store(this.words, QUIT, 1);
    Atomics.notify(this.words, CLAIM);
  }
}
