import { stripVTControlCharacters } from "node:util";

/** Shows how far a run is: on a terminal one living line, elsewhere a line, without colours, for each thing that ended.
 * Times go here only, never into files. */
export type Progress = {
  /** What is at work now. */
  step(text: string): void;
  /** What has ended: stays on the screen. */
  line(text: string): void;
  end(): void;
};

const BEAT_MS = 250;

export function createProgress(out: NodeJS.WriteStream): Progress {
  return out.isTTY ? livingLine(out) : plainLines(out);
}

function livingLine(out: NodeJS.WriteStream): Progress {
  let current = "";
  let since = 0;
  const clear = () => out.write("\r\u001b[K");
  const draw = () => {
    if (current === "") return;
    clear();
    out.write(`${current}  ${seconds(since)}`.slice(0, (out.columns ?? 80) - 1));
  };
  const timer = setInterval(draw, BEAT_MS);
  timer.unref();
  return {
    step(text) {
      current = text;
      since = performance.now();
      draw();
    },
    line(text) {
      current = "";
      clear();
      out.write(`${text}\n`);
    },
    end() {
      clearInterval(timer);
      if (current !== "") clear();
    },
  };
}

function plainLines(out: NodeJS.WriteStream): Progress {
  let current = "";
  let since = 0;
  const finish = () => {
    if (current !== "") out.write(`${current}  ${seconds(since)}\n`);
    current = "";
  };
  return {
    step(text) {
      finish();
      current = text;
      since = performance.now();
    },
    line(text) {
      finish();
      out.write(`${stripVTControlCharacters(text)}\n`);
    },
    end: finish,
  };
}

/** The time since `start` (of `performance.now()`), such as `12.3 s`. */
export const seconds = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
