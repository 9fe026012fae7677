import type { Arena, Block } from "./arena";

/** Hands out addresses one after the other, each on a boundary of 64 bytes. */
export class Cursor {
  next: number;
  constructor(address: number) {
    this.next = address;
  }
  /** The address of room for `floats` floats. */
  take(floats: number): number {
    const address = this.next;
    this.next += Math.ceil(floats / 16) * 64;
    return address;
  }
}

/** Lays out one block of the arena: once to learn its size, once for the addresses. */
export function inOneBlock<T>(
  arena: Arena,
  what: string,
  layout: (cursor: Cursor) => T,
): T & { readonly block: Block } {
  const measure = new Cursor(0);
  layout(measure);
  const block = arena.allocate(measure.next / 4, what);
  return { ...layout(new Cursor(block.address)), block };
}
