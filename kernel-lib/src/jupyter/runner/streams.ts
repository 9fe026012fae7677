import { Console } from "node:console";
import { nextTick } from "node:process";
import { StringDecoder } from "node:string_decoder";
import type { RingWriter } from "../ring";
import { currentCell } from "./cells";

export const STDOUT = 0;
export const STDERR = 1;

/** Sends everything that is written to process.stdout and process.stderr, and all of `console`, to the cell. */
export function captureStreams(ring: RingWriter): void {
  capture(process.stdout, ring, STDOUT);
  capture(process.stderr, ring, STDERR);
  // Node's own console also hands every message to the inspector, which keeps the last thousand and their arguments.
  const { stdout, stderr } = process;
  globalThis.console = Object.assign(new Console({ stdout, stderr, ignoreErrors: false, colorMode: false }), {
    Console,
  });
}

/** Writes text to a stream of a cell. */
export function writeText(
  ring: RingWriter,
  stream: typeof STDOUT | typeof STDERR,
  text: string,
  cell = currentCell(),
): void {
  if (cell.capture)
    cell.capture({ output_type: "stream", name: stream === STDOUT ? "stdout" : "stderr", text });
  else ring.write(cell.id * 2 + stream, text);
}

type Callback = (error?: Error | null) => void;

/** `write` keeps no state, so an interrupt in the middle of it leaves the stream usable. */
function capture(stream: NodeJS.WriteStream, ring: RingWriter, number: typeof STDOUT | typeof STDERR): void {
  const decoder = new StringDecoder("utf8");
  const write = (chunk: unknown, encoding?: BufferEncoding | Callback, callback?: Callback): boolean => {
    const done = typeof encoding === "function" ? encoding : callback;
    if (typeof chunk === "string") {
      const exotic = typeof encoding === "string" && !/^utf-?8$/i.test(encoding);
      writeText(ring, number, exotic ? decoder.write(Buffer.from(chunk, encoding as BufferEncoding)) : chunk);
    } else if (chunk instanceof Uint8Array) {
      writeText(ring, number, decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
    } else {
      throw Object.assign(
        new TypeError(
          `write: chunk: expected a string or Uint8Array, got ${chunk === null ? "null" : typeof chunk}`,
        ),
        { code: "ERR_INVALID_ARG_TYPE" },
      );
    }
    if (done) nextTick(done);
    return true;
  };
  const end = (
    chunk?: unknown,
    encoding?: BufferEncoding | Callback,
    callback?: Callback,
  ): NodeJS.WriteStream => {
    if (typeof chunk === "function") nextTick(chunk);
    else if (chunk !== undefined && chunk !== null) write(chunk, encoding, callback);
    else if (callback) nextTick(callback);
    nextTick(() => stream.emit("finish"));
    return stream;
  };
  // A server started from a terminal hands that on to the kernel, but a cell's output is none.
  Object.assign(stream, { write, end, isTTY: false });
}
