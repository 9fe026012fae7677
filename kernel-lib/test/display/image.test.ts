import { expect, it } from "vitest";
import { image } from "../../src/display/image";
import { displaySymbol } from "../../src/display/mime";

const bytes = (text: string) => Buffer.from(text, "latin1");

it.each([
  ["image/png", "\x89PNG\r\n\x1a\n…"],
  ["image/jpeg", "\xff\xd8\xff\xe0…"],
  ["image/gif", "GIF89a…"],
  ["image/gif", "GIF87a…"],
  ["image/webp", "RIFF\n\x00\x01\x02WEBPVP8 "],
])("a file of type %s is known by its first bytes", (type, start) => {
  const file = bytes(start);
  expect(image(file, "A cat")[displaySymbol]()).toEqual({ [type]: file, "text/plain": "A cat" });
});

it("bytes that begin like no picture are an error that shows them", () => {
  expect(() => image(bytes("RIFF....WAVEfmt "), "x")).toThrow(
    "image: bytes: expected a PNG, JPEG, GIF or WebP file, got 524946462e2e2e2e57415645",
  );
  expect(() => image(new Uint8Array(), "x")).toThrow("got no bytes");
});
