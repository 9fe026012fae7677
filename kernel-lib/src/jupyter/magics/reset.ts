import { nameInScripts } from "../global-names";
import type { MimeBundle } from "../protocol";
import { plainError } from "../runner/errors";
import type { Magic } from "./magic";

const QUESTION = "Forget all names of this notebook? Their values cannot be recovered. (y/[n]) ";

/** `%reset`: a notebook without names, as after a restart, in the same process. */
export const reset: Magic = {
  name: "%reset",
  usage: "%reset [-f]",
  documentation:
    "Forgets all names that cells have declared, and their values. It asks first; `%reset -f` does not. Packages " +
    "stay loaded, and timers go on: a restart of the kernel ends those too.",
  takes: "line",
  problem: (argument) =>
    argument === "" || argument === "-f" ? undefined : `expected nothing or -f, got ${argument}`,
  async run({ argument }, kernel) {
    if (argument !== "-f") {
      if (!kernel.allowStdin) {
        const message = "%reset asks first, and this front end takes no input: write %reset -f";
        return { status: "error", error: plainError("StdinNotImplementedError", message) };
      }
      const asked = await kernel.evaluate(`globalThis.prompt(${JSON.stringify(QUESTION)})`);
      if (asked.status === "error") return asked;
      if (!agrees(asked.bundle)) {
        kernel.publish("stream", { name: "stdout", text: "Nothing was reset.\n" });
        return { status: "ok" };
      }
    }
    const cleared = kernel.compiler.names().map((name) => `try{${nameInScripts(name)}=undefined}catch{}`);
    const outcome = await kernel.evaluate(`"use strict";${cleared.join("")}void 0`);
    if (outcome.status === "ok") await kernel.compiler.forget();
    return outcome;
  },
};

function agrees(answer: string | undefined): boolean {
  const { "text/plain": text } = JSON.parse(answer ?? "{}") as MimeBundle;
  return /^'\s*y/i.test(String(text));
}
