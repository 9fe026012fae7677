import { JSDOM } from "jsdom";
import { expect, it } from "vitest";
import { audio } from "../../src/display/audio";
import { displaySymbol } from "../../src/display/mime";

const label = `A tone <b>"&'`;
const elementOf = (value: ReturnType<typeof audio>) =>
  new JSDOM(String(value[displaySymbol]()["text/html"])).window.document.querySelector("audio")!;
const fileOf = (value: ReturnType<typeof audio>) =>
  Buffer.from(elementOf(value).src.replace("data:audio/wav;base64,", ""), "base64");

it("sound is played by an element with controls and a name", () => {
  const value = audio(new Float32Array(400), { sampleRate: 8000, label });
  const element = elementOf(value);
  expect(element.controls).toBe(true);
  expect(element.getAttribute("aria-label")).toBe(label);
  expect(element.parentElement?.querySelector("figcaption")?.textContent).toBe(label);
  expect(value[displaySymbol]()["text/plain"]).toBe(`${label} (audio, 0.05 s at 8000 Hz)`);
});

it("it is kept as a 16-bit WAV file; louder samples are clipped", () => {
  const file = fileOf(audio(Float32Array.of(0, 1, -1, 0.5, 7, -7), { sampleRate: 44100, label }));
  const header = [
    file.toString("latin1", 0, 4),
    file.readUInt32LE(4),
    file.toString("latin1", 8, 16),
    file.readUInt32LE(16),
    file.readUInt16LE(20),
    file.readUInt16LE(22),
    file.readUInt32LE(24),
    file.readUInt32LE(28),
    file.readUInt16LE(32),
    file.readUInt16LE(34),
    file.toString("latin1", 36, 40),
    file.readUInt32LE(40),
  ];
  expect(header).toEqual(["RIFF", 48, "WAVEfmt ", 16, 1, 1, 44100, 88200, 2, 16, "data", 12]);
  const samples = [0, 1, 2, 3, 4, 5].map((i) => file.readInt16LE(44 + 2 * i));
  expect(samples).toEqual([0, 32767, -32767, 16384, 32767, -32767]);
});

it("channels are interleaved", () => {
  const file = fileOf(audio([Float32Array.of(1, 1), Float32Array.of(0, -1)], { sampleRate: 8000, label }));
  expect(file.readUInt16LE(22)).toBe(2);
  expect([0, 1, 2, 3].map((i) => file.readInt16LE(44 + 2 * i))).toEqual([32767, 0, 32767, -32767]);
});

it.each([
  [[], 8000, "audio: samples: expected at least one, got none"],
  [[[0, Number.NaN]], 8000, "audio: channel 0: sample 1: expected a finite number, got NaN"],
  [[[0, 0], [0]], 8000, "audio: channel 1: expected 2 samples, got 1"],
  [[[0]], 0, "audio: sampleRate: expected a positive integer, got 0"],
  [[[0]], 0.5, "audio: sampleRate: expected a positive integer, got 0.5"],
])("of %j at %d the error says what is wrong", (channels, sampleRate, message) => {
  const samples = channels.map((channel) => Float32Array.from(channel));
  expect(() => audio(samples, { sampleRate, label })).toThrow(message);
});
