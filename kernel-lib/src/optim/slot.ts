/** One remembered number for every entry of every parameter, such as a momentum. */
export class Slot {
  private readonly values = new Map<string, Float64Array>();

  /** The numbers of one parameter; zeros when it is seen for the first time. */
  of(name: string, length: number): Float64Array {
    const known = this.values.get(name);
    if (known) {
      if (known.length !== length)
        throw new RangeError(`optimizer: ${name}: expected ${known.length} entries as before, got ${length}`);
      return known;
    }
    const fresh = new Float64Array(length);
    this.values.set(name, fresh);
    return fresh;
  }
  save(): Record<string, number[]> {
    return Object.fromEntries([...this.values].map(([name, data]) => [name, Array.from(data)]));
  }
  load(saved: Readonly<Record<string, readonly number[]>> = {}): void {
    this.values.clear();
    for (const [name, data] of Object.entries(saved)) this.values.set(name, Float64Array.from(data));
  }
}
