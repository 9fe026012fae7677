/** The kernel did not answer in time. The message says what was asked, how long it took and what the kernel wrote to its own output. */
export class KernelTimeoutError extends Error {
  override readonly name = "KernelTimeoutError";
}

/** The kernel's process ended, or answered with something that is no message, while an answer was awaited. */
export class KernelDiedError extends Error {
  override readonly name = "KernelDiedError";
}

/** `text` as an indented paragraph under an error message, or nothing when there is no text. */
export function kernelOutput(text: string): string {
  const lines = text.trimEnd();
  return lines === "" ? "" : `; the kernel wrote:\n${lines.replace(/^/gm, "  ")}`;
}
