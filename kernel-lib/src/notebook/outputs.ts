import type { Message } from "../jupyter/protocol";
import type { DisplayOutput, MimeBundle, Output, ResultOutput } from "./nbformat";

type DisplayContent = {
  data: MimeBundle;
  metadata?: Record<string, unknown>;
  transient?: { display_id?: string };
  execution_count?: number | null;
};

/** Displays by their display_id, over the whole notebook: a later cell may update what an earlier one showed. */
export class DisplayIds {
  readonly #shown = new Map<string, (DisplayOutput | ResultOutput)[]>();

  add(displayId: string, output: DisplayOutput | ResultOutput): void {
    this.#shown.set(displayId, [...(this.#shown.get(displayId) ?? []), output]);
  }

  update(displayId: string, { data, metadata = {} }: DisplayContent): void {
    for (const output of this.#shown.get(displayId) ?? []) Object.assign(output, { data, metadata });
  }
}

/**
 * The outputs of one cell, made from the kernel's messages as JupyterLab makes them: a stream is joined to the same
 * stream right before it, `\r` and `\b` overwrite, display_id updates and clear_output take effect, `transient` is dropped.
 */
export class CellOutputs {
  readonly #outputs: Output[] = [];
  #clearBeforeNext = false;

  constructor(readonly displayIds: DisplayIds) {}

  /** Takes a message from iopub; those that make no output are left out. */
  add({ header, content }: Message): void {
    switch (header.msg_type) {
      case "stream": {
        const { name, text } = content as { name: string; text: string };
        this.#addStream(name, text);
        break;
      }
      case "display_data":
        this.#addDisplay(content as DisplayContent, (display) => ({
          output_type: "display_data",
          ...display,
        }));
        break;
      case "execute_result": {
        const { execution_count = null } = content as DisplayContent;
        this.#addDisplay(content as DisplayContent, (display) => ({
          output_type: "execute_result",
          execution_count,
          ...display,
        }));
        break;
      }
      case "update_display_data": {
        const { transient } = content as DisplayContent;
        if (transient?.display_id !== undefined)
          this.displayIds.update(transient.display_id, content as DisplayContent);
        break;
      }
      case "error": {
        const { ename, evalue, traceback } = content as {
          ename: string;
          evalue: string;
          traceback: string[];
        };
        this.#push({ output_type: "error", ename, evalue, traceback });
        break;
      }
      case "clear_output":
        if ((content as { wait?: boolean }).wait) this.#clearBeforeNext = true;
        else this.#outputs.length = 0;
    }
  }

  /** The outputs as they are to be saved; called when the cell has ended. */
  finish(): Output[] {
    for (const output of this.#outputs)
      if (output.output_type === "stream") output.text = overwrite(output.text);
    return this.#outputs;
  }

  #addStream(name: string, text: string): void {
    this.#clearIfAsked();
    const last = this.#outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) last.text += text;
    else this.#push({ output_type: "stream", name, text });
  }

  #addDisplay(
    { data, metadata = {}, transient }: DisplayContent,
    make: (display: Pick<DisplayOutput, "data" | "metadata">) => DisplayOutput | ResultOutput,
  ): void {
    const output = make({ data: withoutWidget(data), metadata });
    if (transient?.display_id !== undefined) this.displayIds.add(transient.display_id, output);
    this.#push(output);
  }

  #push(output: Output): void {
    this.#clearIfAsked();
    this.#outputs.push(output);
  }

  #clearIfAsked(): void {
    if (this.#clearBeforeNext) this.#outputs.length = 0;
    this.#clearBeforeNext = false;
  }
}

/** A widget ends with its kernel: what is saved is what stands beside it, where there is anything. */
function withoutWidget({
  "application/vnd.jupyter.widget-view+json": widget,
  ...still
}: MimeBundle): MimeBundle {
  return widget !== undefined && Object.keys(still).length === 0
    ? { "application/vnd.jupyter.widget-view+json": widget }
    : still;
}

/** What a terminal shows: `\b` steps back, a `\r` returns to the start of its line and what follows writes over it. */
function overwrite(text: string): string {
  if (!/[\b\r]/.test(text)) return text;
  return text
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => {
      let shown = line;
      while (/[^\b][\b]/.test(shown)) shown = shown.replace(/[^\b][\b]/g, "");
      return shown.split("\r").reduce((under, over) => over + under.slice(over.length));
    })
    .join("\n");
}
