const PAGE = 65536;
const ALIGNMENT = 64;
/** 4 GiB, all that 32-bit WebAssembly can address. */
const MAX_PAGES = 65536;

/** A piece of the arena, in bytes. */
export type Block = { readonly address: number; readonly bytes: number };

/**
 * Float32 storage in one WebAssembly memory, shared by all threads, that grows when it must. A freed block joins its
 * free neighbours, and the smallest block that fits is taken again: a training loop grows it in its first step only.
 */
export class Arena {
  readonly memory = new WebAssembly.Memory({ initial: 16, maximum: MAX_PAGES, shared: true });
  /** Free blocks below `top`, by address. Address 0 means "none", so the first page stays unused. */
  private free: Block[] = [];
  private top = PAGE;

  /**
   * Room for `length` floats, not cleared.
   *
   * @throws RangeError if the memory can't grow that far, with the sizes asked for and in use
   */
  allocate(length: number, what: string): Block {
    const bytes = Math.max(1, Math.ceil((length * 4) / ALIGNMENT)) * ALIGNMENT;
    const fitting = this.free.filter((block) => block.bytes >= bytes);
    if (fitting.length === 0) return this.extend(bytes, what);
    const best = fitting.reduce((a, b) => (b.bytes < a.bytes ? b : a));
    const rest = { address: best.address + bytes, bytes: best.bytes - bytes };
    this.free = this.free.flatMap((b) => (b !== best ? [b] : rest.bytes > 0 ? [rest] : []));
    return { address: best.address, bytes };
  }

  /** Gives a block back; it must not be used again. */
  release(block: Block): void {
    const blocks = [...this.free, block].sort((a, b) => a.address - b.address);
    this.free = [];
    for (const next of blocks) {
      const last = this.free.at(-1);
      if (last && last.address + last.bytes === next.address)
        this.free[this.free.length - 1] = { address: last.address, bytes: last.bytes + next.bytes };
      else this.free.push(next);
    }
    const last = this.free.at(-1);
    if (last && last.address + last.bytes === this.top) {
      this.top = last.address;
      this.free.pop();
    }
  }

  /** Bytes in blocks that are not free. */
  get used(): number {
    return this.top - PAGE - this.free.reduce((sum, { bytes }) => sum + bytes, 0);
  }
  /** Bytes of memory taken from the system; it never shrinks. */
  get size(): number {
    return this.memory.buffer.byteLength;
  }

  /** A view on `length` floats. Take it anew after an allocation: it may have moved the buffer's end. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }
  /** A view on `length` 32-bit integers. */
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  private extend(bytes: number, what: string): Block {
    const address = this.top;
    const missing = address + bytes - this.size;
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(missing / PAGE));
      } catch {
        throw new RangeError(
          `Arena.allocate: ${what}: ${mebibytes(bytes)} asked for, ${mebibytes(this.used)} in use, ` +
            `limit ${mebibytes(MAX_PAGES * PAGE)}`,
        );
      }
    }
    this.top += bytes;
    return { address, bytes };
  }
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
