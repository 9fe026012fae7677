import { splitGraphemes } from "unicode-segmenter/grapheme";

/**
 * The characters of `text` as its readers see them (extended grapheme clusters, UAX #29): "क्षि" is one, "नमस्ते" is
 * न, म, स्ते. The tables come with a pinned package: `Intl.Segmenter` takes them from the ICU that Node was built
 * with, and those before Unicode 15.1 cut Hindi's conjuncts in two.
 */
export function graphemes(text: string): string[] {
  return [...splitGraphemes(text)];
}
