import { graphemes } from "./graphemes";

export interface VocabularyOptions {
  /** Tokens that do not come from text, such as "<pad>"; they get the first ids, in this order. */
  special?: readonly string[];
  /** The token that stands for all tokens not in the vocabulary; without it they are an error. */
  unknown?: string;
  /** Tokens that occur less often are left out; default 1. */
  minCount?: number;
}

/**
 * A numbering of tokens, 0 … size − 1: first the special ones, then the others by code point, so that the same text
 * gives the same numbers on every machine. A string is taken as its characters (`graphemes`).
 */
export class Vocabulary {
  readonly tokens: readonly string[];
  /** The token for what is not in the vocabulary, if there is one. */
  readonly unknown: string | undefined;
  private readonly ids: Map<string, number>;

  /** @throws RangeError if a token occurs twice, or `unknown` is not among the tokens */
  constructor(tokens: readonly string[], unknown?: string) {
    this.tokens = [...tokens];
    this.unknown = unknown;
    this.ids = new Map(tokens.map((token, id) => [token, id]));
    if (this.ids.size !== tokens.length) {
      const twice = tokens.find((token, id) => this.ids.get(token) !== id);
      throw new RangeError(`Vocabulary: tokens: expected each once, got ${JSON.stringify(twice)} twice`);
    }
    if (unknown !== undefined && !this.ids.has(unknown))
      throw new RangeError(`Vocabulary: unknown: expected one of the tokens, got ${JSON.stringify(unknown)}`);
  }

  /** The vocabulary of a text or of tokens: build it from the training part only. */
  static from(text: string | readonly string[], options: VocabularyOptions = {}): Vocabulary {
    const { special = [], unknown, minCount = 1 } = options;
    const first = unknown === undefined || special.includes(unknown) ? [...special] : [...special, unknown];
    const counts = new Map<string, number>();
    for (const token of tokenize(text)) counts.set(token, (counts.get(token) ?? 0) + 1);
    const kept = [...counts].filter(([token, count]) => count >= minCount && !first.includes(token));
    return new Vocabulary([...first, ...kept.map(([token]) => token).sort(byCodePoint)], unknown);
  }

  get size(): number {
    return this.tokens.length;
  }

  /** The number of `token`, or of the unknown token. @throws RangeError if there is neither */
  id(token: string): number {
    return this.encode([token])[0];
  }

  /** @throws RangeError for a token that has no number, with its place */
  encode(text: string | readonly string[]): number[] {
    return tokenize(text).map((token, place) => {
      const id = this.ids.get(token) ?? (this.unknown === undefined ? undefined : this.ids.get(this.unknown));
      if (id === undefined)
        throw new RangeError(
          `Vocabulary.encode: text: expected tokens of the vocabulary, got ${JSON.stringify(token)} at ${place}`,
        );
      return id;
    });
  }

  /** The tokens of `ids`, joined. @throws RangeError for a number that no token has */
  decode(ids: Iterable<number>, separator = ""): string {
    return Array.from(ids, (id) => {
      const token = this.tokens[id];
      if (token === undefined)
        throw new RangeError(`Vocabulary.decode: ids: expected 0 to ${this.size - 1}, got ${id}`);
      return token;
    }).join(separator);
  }

  toJSON(): { tokens: readonly string[]; unknown?: string } {
    return this.unknown === undefined
      ? { tokens: this.tokens }
      : { tokens: this.tokens, unknown: this.unknown };
  }
  static fromJSON({ tokens, unknown }: { tokens: readonly string[]; unknown?: string }): Vocabulary {
    return new Vocabulary(tokens, unknown);
  }
}

const tokenize = (text: string | readonly string[]): readonly string[] =>
  typeof text === "string" ? graphemes(text) : text;

/** Plain string comparison orders by UTF-16 units, which puts U+10000 and above before U+E000. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i].codePointAt(0)! - right[i].codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
