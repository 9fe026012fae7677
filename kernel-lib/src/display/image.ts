import { type Displayable, displaySymbol } from "./mime";

/** How the bytes of each format begin, in hexadecimal; dots stand for any digit. */
const beginnings: Record<string, RegExp> = {
  "image/png": /^89504e470d0a1a0a/,
  "image/jpeg": /^ffd8ff/,
  "image/gif": /^47494638(37|39)61/,
  "image/webp": /^52494646........57454250/,
};

/**
 * A PNG, JPEG, GIF or WebP picture to display, from the bytes of its file. `alt` says in words what it shows.
 * @throws TypeError if the bytes begin like none of these
 */
export function image(bytes: Uint8Array, alt: string): Displayable {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("hex");
  const type = Object.keys(beginnings).find((name) => beginnings[name].test(start));
  if (!type)
    throw new TypeError(`image: bytes: expected a PNG, JPEG, GIF or WebP file, got ${start || "no bytes"}`);
  return { [displaySymbol]: () => ({ [type]: bytes, "text/plain": alt }) };
}
