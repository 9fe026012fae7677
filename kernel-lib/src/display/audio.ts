import { escapeHtml } from "./html";
import { type Displayable, displaySymbol } from "./mime";

export interface AudioOptions {
  /** Samples a second, such as 44100. */
  sampleRate: number;
  /** What is heard, in words. */
  label: string;
}

/**
 * Sound to display, with controls to play it: samples from −1 to 1 (louder ones are clipped), as one array or as an
 * array for each channel. It is kept in the notebook as a 16-bit WAV file, of 2 bytes a sample.
 * @throws RangeError if a sample is not finite, channels differ in length, or the rate is no positive integer
 */
export function audio(
  samples: Float32Array | Float32Array[],
  { sampleRate, label }: AudioOptions,
): Displayable {
  const channels = Array.isArray(samples) ? samples : [samples];
  check(channels, sampleRate);
  const source = `data:audio/wav;base64,${Buffer.from(wav(channels, sampleRate)).toString("base64")}`;
  const seconds = (channels[0].length / sampleRate).toFixed(2);
  return {
    [displaySymbol]: () => ({
      "text/html":
        `<figure style="margin:0"><figcaption>${escapeHtml(label)}</figcaption>` +
        `<audio controls aria-label="${escapeHtml(label)}" src="${source}"></audio></figure>`,
      "text/plain": `${label} (audio, ${seconds} s at ${sampleRate} Hz)`,
    }),
  };
}

function check(channels: Float32Array[], sampleRate: number): void {
  if (!Number.isInteger(sampleRate) || sampleRate < 1)
    throw new RangeError(`audio: sampleRate: expected a positive integer, got ${sampleRate}`);
  const length = channels[0]?.length ?? 0;
  if (length === 0) throw new RangeError("audio: samples: expected at least one, got none");
  for (const [c, channel] of channels.entries()) {
    if (channel.length !== length)
      throw new RangeError(`audio: channel ${c}: expected ${length} samples, got ${channel.length}`);
    const wrong = channel.findIndex((sample) => !Number.isFinite(sample));
    if (wrong >= 0)
      throw new RangeError(
        `audio: channel ${c}: sample ${wrong}: expected a finite number, got ${channel[wrong]}`,
      );
  }
}

const headerBytes = 44;

/** A RIFF/WAVE file of 16-bit PCM (https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html). */
function wav(channels: Float32Array[], sampleRate: number): Uint8Array {
  const frameBytes = 2 * channels.length;
  const dataBytes = frameBytes * channels[0].length;
  const view = new DataView(new ArrayBuffer(headerBytes + dataBytes));
  const word = (at: number, text: string) => Buffer.from(view.buffer, at, 4).write(text, "latin1");
  word(0, "RIFF");
  view.setUint32(4, headerBytes - 8 + dataBytes, true);
  word(8, "WAVE");
  word(12, "fmt ");
  view.setUint32(16, 16, true); // length of the format's description
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 16, true); // bits a sample
  word(36, "data");
  view.setUint32(40, dataBytes, true);
  for (const [c, channel] of channels.entries())
    for (const [i, sample] of channel.entries()) {
      const value = Math.round(32767 * Math.min(1, Math.max(-1, sample)));
      view.setInt16(headerBytes + i * frameBytes + 2 * c, value, true);
    }
  return new Uint8Array(view.buffer);
}
