import { createRequire } from "node:module";
import type { Font } from "fontkit";

const load = createRequire(__filename);

/** A glyph's outline at a place in the text; both in em, y upwards. */
export interface PlacedGlyph {
  /** The same for the same outline. */
  id: string;
  path: string;
  x: number;
  y: number;
  /** Of the outline: 1 / units per em. */
  scale: number;
}
export interface Shaped {
  /** The advance in em. */
  width: number;
  glyphs: PlacedGlyph[];
}

/** Part of the em above and below the baseline in Noto Sans. */
export const ascent = 1.069;
export const descent = 0.293;

let faces: { regular: Font[]; bold: Font[] } | undefined;
const known = new Map<string, Shaped>();

/**
 * `text` shaped with the fonts that come with the library and no others, so that a picture is the same on every
 * machine: Noto Sans, and where it lacks a character Noto Sans Devanagari, then Noto Sans Math.
 */
export function shape(text: string, bold: boolean): Shaped {
  const key = `${bold ? "bold" : "regular"} ${text}`;
  let shaped = known.get(key);
  if (!shaped) {
    shaped = shapeRuns(text, bold ? "bold" : "regular");
    known.set(key, shaped);
  }
  return shaped;
}

function shapeRuns(text: string, weight: "regular" | "bold"): Shaped {
  faces ??= loadFaces();
  const glyphs: PlacedGlyph[] = [];
  let x = 0;
  for (const { face, part } of runs(text, faces[weight])) {
    const font = faces[weight][face];
    const scale = 1 / font.unitsPerEm;
    const run = font.layout(part);
    run.glyphs.forEach((glyph, k) => {
      const { xOffset, yOffset, xAdvance } = run.positions[k];
      const path = glyph.path.toSVG();
      const id = `${weight[0]}${face}-${glyph.id}`;
      if (path) glyphs.push({ id, path, x: x + xOffset * scale, y: yOffset * scale, scale });
      x += xAdvance * scale;
    });
  }
  return { width: x, glyphs };
}

function loadFaces(): { regular: Font[]; bold: Font[] } {
  // Loaded with the first text that is drawn: it would be half of the time that the whole library takes.
  const { openSync } = load("fontkit") as typeof import("fontkit");
  const open = (name: string, style: string, file: string): Font =>
    openSync(load.resolve(`@expo-google-fonts/${name}/${style}/${file}.ttf`)) as Font;
  const math = open("noto-sans-math", "400Regular", "NotoSansMath_400Regular");
  return {
    regular: [
      open("noto-sans", "400Regular", "NotoSans_400Regular"),
      open("noto-sans-devanagari", "400Regular", "NotoSansDevanagari_400Regular"),
      math,
    ],
    bold: [
      open("noto-sans", "700Bold", "NotoSans_700Bold"),
      open("noto-sans-devanagari", "700Bold", "NotoSansDevanagari_700Bold"),
      math,
    ],
  };
}

/** `text` in pieces of one face: the first that has the character; marks and joiners stay with their letter. */
function runs(text: string, fonts: Font[]): { face: number; part: string }[] {
  const out: { face: number; part: string }[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code === 0x200b) continue; // plotly puts zero-width spaces around subscripts
    const last = out[out.length - 1];
    const stays = last && /[\p{M}\u200c\u200d]/u.test(character);
    const first = fonts.findIndex((font) => font.hasGlyphForCodePoint(code));
    const face = stays ? last.face : Math.max(0, first);
    if (last?.face === face) last.part += character;
    else out.push({ face, part: character });
  }
  return out;
}
