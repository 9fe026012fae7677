const PAGE = 65536;
const ALIGNMENT = 64;
/** 4 GiB, all that 32-bit WebAssembly can address. */
const MAX_PAGES = 65536;

/**
 * Float32 storage in one WebAssembly memory that grows and is shared by all threads. Allocation is a stack:
 * `mark` before a step, `release` after it. Addresses are in bytes.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  private top = PAGE;

  constructor() {
    this.memory = new WebAssembly.Memory({ initial: 16, maximum: MAX_PAGES, shared: true });
  }

  /**
   * Room for `length` floats, not cleared.
   *
   * @throws RangeError if the memory can't grow that far, with the sizes asked for and in use
   */
  allocate(length: number, what = "tensor"): number {
    const address = this.top;
    const end = address + Math.ceil((length * 4) / ALIGNMENT) * ALIGNMENT;
    const have = this.memory.buffer.byteLength;
    if (end > have) this.grow(Math.ceil((end - have) / PAGE), what, length);
    this.top = end;
    return address;
  }

  /** The present end of the stack, for `release`. */
  mark(): number {
    return this.top;
  }
  /** Frees all that was allocated since `mark` returned `mark`. */
  release(mark: number): void {
    this.top = mark;
  }
  /** Bytes allocated. */
  get used(): number {
    return this.top - PAGE;
  }

  /** A view on `length` floats; take it anew after an allocation, which may have moved the buffer's end. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  private grow(pages: number, what: string, length: number): void {
    const have = this.memory.buffer.byteLength;
    try {
      this.memory.grow(pages);
    } catch {
      const [asked, used, limit] = [length * 4, this.used, MAX_PAGES * PAGE].map(mebibytes);
      throw new RangeError(
        `Arena.allocate: ${what}: ${asked} asked for with ${used} in use (memory ${mebibytes(have)}, limit ${limit})`,
      );
    }
  }
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
