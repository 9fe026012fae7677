import type { CapturedOutput } from "../display/host";
import type { MimeBundle } from "../display/mime";
import { joinBundles } from "./still";

type Output =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string }
  | { output_type: "display_data"; data: MimeBundle; metadata: Record<string, unknown> }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** A list of outputs as a notebook's file holds those of a cell. */
export class Outputs {
  #outputs: Output[] = [];
  readonly #displays = new Map<string, Output>();
  #clearBeforeNext = false;

  /** Takes what was captured: a stream is joined to the same one before it, an update replaces what it updates. */
  add(output: CapturedOutput): void {
    if (output.output_type === "clear") {
      if (output.wait) this.#clearBeforeNext = true;
      else this.#outputs = [];
      return;
    }
    if (output.output_type === "display_data") {
      const { displayId, update, data, metadata } = output;
      const shown = displayId === undefined ? undefined : this.#displays.get(displayId);
      if (update) {
        if (shown) Object.assign(shown, { data, metadata });
      } else this.#push({ output_type: "display_data", data, metadata }, displayId);
      return;
    }
    const last = this.#clearBeforeNext ? undefined : this.#outputs.at(-1);
    if (last?.output_type === "stream" && last.name === output.name) last.text += output.text;
    else this.#push({ ...output });
  }

  show(data: MimeBundle): void {
    this.#push({ output_type: "display_data", data, metadata: {} });
  }

  fail(error: unknown): void {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    this.#push({ output_type: "error", ename: name, evalue: message, traceback: [stack ?? message] });
  }

  toJSON(): Output[] {
    return [...this.#outputs];
  }

  /** All of it as one bundle. */
  still(): MimeBundle {
    return joinBundles(this.#outputs.map(bundleOf));
  }

  #push(output: Output, displayId?: string): void {
    if (this.#clearBeforeNext) this.#outputs = [];
    this.#clearBeforeNext = false;
    this.#outputs.push(output);
    if (displayId !== undefined) this.#displays.set(displayId, output);
  }
}

function bundleOf(output: Output): MimeBundle {
  if (output.output_type === "display_data") return output.data;
  if (output.output_type === "stream") return { "text/plain": output.text.replace(/\n$/, "") };
  return { "text/plain": `${output.ename}: ${output.evalue}` };
}
