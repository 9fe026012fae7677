import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { createProgress } from "../../src/notebook/progress";

function shown(isTTY: boolean, columns = 40): string {
  const out = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY, columns });
  const progress = createProgress(out as unknown as NodeJS.WriteStream);
  progress.step("07-examples.ipynb  cell 1/2");
  progress.step("07-examples.ipynb  cell 2/2");
  progress.line("\u001b[32m✓\u001b[39m 07-examples.ipynb");
  progress.step("a notebook with a name that is far too long for the line");
  progress.end();
  return out.read();
}

describe("progress", () => {
  test("off a terminal each step is a line with its time, written when it has ended", () => {
    const lines = shown(false).replace(/\d+\.\d s/g, "0.0 s");
    expect(lines).toBe(
      [
        "07-examples.ipynb  cell 1/2  0.0 s",
        "07-examples.ipynb  cell 2/2  0.0 s",
        "✓ 07-examples.ipynb",
        "a notebook with a name that is far too long for the line  0.0 s",
        "",
      ].join("\n"),
    );
  });

  test("on a terminal steps share one line that never wraps, and only what has ended stays", () => {
    const parts = shown(true).split("\r\u001b[K");
    expect(parts.every((part) => part.length < 40 || part.endsWith("\n"))).toBe(true);
    expect(parts.filter((part) => part.includes("\n"))).toEqual([
      "\u001b[32m✓\u001b[39m 07-examples.ipynb\n",
    ]);
    expect(parts.at(-1)).toBe("");
  });
});
