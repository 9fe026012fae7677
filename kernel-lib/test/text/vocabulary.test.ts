import fc from "fast-check";
import { expect, it } from "vitest";
import { graphemes } from "../../src/text/graphemes";
import { oneHot, oneHotSequence } from "../../src/text/one-hot";
import { Vocabulary } from "../../src/text/vocabulary";

it("Hindi's conjuncts stay whole, on every version of Node", () => {
  expect(graphemes("क्षि")).toEqual(["क्षि"]);
  expect(graphemes("नमस्ते हिन्दी")).toEqual(["न", "म", "स्ते", " ", "हि", "न्दी"]);
  expect(graphemes("e\u0301👩‍👩‍👧\r\n")).toEqual(["e\u0301", "👩‍👩‍👧", "\r\n"]);
});

it("graphemes lose nothing: joined they are the text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => graphemes(text).join("") === text));
});

it("tokens are numbered by code point, after the special ones", () => {
  const vocabulary = Vocabulary.from("b a\u{10000}\uE000a", { special: ["<pad>"], unknown: "<unk>" });
  expect(vocabulary.tokens).toEqual(["<pad>", "<unk>", " ", "a", "b", "\uE000", "\u{10000}"]);
  expect(vocabulary.size).toBe(7);
});

it("the numbering does not depend on the order of the text", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), (tokens) => {
      const [there, back] = [tokens, [...tokens].reverse()].map((list) => Vocabulary.from(list).tokens);
      expect(back).toEqual(there);
    }),
  );
});

it("decode undoes encode", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const vocabulary = Vocabulary.from(text);
      expect(vocabulary.decode(vocabulary.encode(text))).toBe(text);
    }),
  );
});

it("what is not in the vocabulary is the unknown token, or an error that says where", () => {
  expect(Vocabulary.from("ab", { unknown: "?" }).encode("axb")).toEqual([1, 0, 2]);
  expect(() => Vocabulary.from("ab").encode("axb")).toThrow(
    'Vocabulary.encode: text: expected tokens of the vocabulary, got "x" at 1',
  );
  expect(() => Vocabulary.from("ab").decode([2])).toThrow("Vocabulary.decode: ids: expected 0 to 1, got 2");
});

it("rare tokens can be left out", () => {
  expect(Vocabulary.from("aaab", { minCount: 2, unknown: "?" }).tokens).toEqual(["?", "a"]);
});

it("words work like characters", () => {
  const vocabulary = Vocabulary.from(["the", "cat", "the"]);
  expect(vocabulary.encode(["the", "cat"])).toEqual([1, 0]);
  expect(vocabulary.decode([1, 0], " ")).toBe("the cat");
});

it("JSON keeps it", () => {
  const vocabulary = Vocabulary.from("नमस्ते", { unknown: "�" });
  const copy = Vocabulary.fromJSON(JSON.parse(JSON.stringify(vocabulary)));
  expect(copy).toEqual(vocabulary);
  expect(copy.encode("x")).toEqual(vocabulary.encode("x"));
});

it("a token that occurs twice is an error", () => {
  expect(() => new Vocabulary(["a", "b", "a"])).toThrow(
    'Vocabulary: tokens: expected each once, got "a" twice',
  );
  expect(() => new Vocabulary(["a"], "?")).toThrow(
    'Vocabulary: unknown: expected one of the tokens, got "?"',
  );
});

it("one-hot rows have a single one, at the token's number", () => {
  expect(oneHot([2, 0], 3).toArray()).toEqual([
    [0, 0, 1],
    [1, 0, 0],
  ]);
  expect(oneHotSequence([[0], [1]], 2).map((m) => m.toArray())).toEqual([[[1, 0]], [[0, 1]]]);
  expect(() => oneHot([3], 3)).toThrow("oneHot: ids[0]: expected a whole number from 0 to 2, got 3");
});
