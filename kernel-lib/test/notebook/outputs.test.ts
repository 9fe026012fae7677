import { describe, expect, test } from "vitest";
import type { Message } from "../../src/jupyter/protocol";
import { newHeader } from "../../src/jupyter/wire";
import { CellOutputs, DisplayIds } from "../../src/notebook/outputs";

const message = (type: string, content: Record<string, unknown>): Message => ({
  identities: [],
  header: newHeader(type, "kernel"),
  parent_header: {},
  metadata: {},
  content,
  buffers: [],
});
const stream = (text: string, name = "stdout") => message("stream", { name, text });
const show = (text: string, id?: string) =>
  message("display_data", {
    data: { "text/plain": text },
    metadata: {},
    transient: id ? { display_id: id } : {},
  });
const update = (text: string, id: string) =>
  message("update_display_data", {
    data: { "text/plain": text },
    metadata: { a: 1 },
    transient: { display_id: id },
  });

function outputsOf(messages: Message[], ids = new DisplayIds()) {
  const cell = new CellOutputs(ids);
  for (const m of messages) cell.add(m);
  return cell.finish();
}
const shown = (text: string) => ({ output_type: "display_data", data: { "text/plain": text }, metadata: {} });
const printed = (text: string, name = "stdout") => ({ output_type: "stream", name, text });

describe("the outputs of a cell", () => {
  test("neighbouring parts of one stream are one output, in order", () => {
    const messages = [stream("a"), stream("b\n"), stream("e", "stderr"), stream("c"), stream("d")];
    expect(outputsOf(messages)).toEqual([printed("ab\n"), printed("e", "stderr"), printed("cd")]);
  });

  test("a display between two parts of a stream keeps them apart", () => {
    expect(outputsOf([stream("a"), show("x"), stream("b")])).toEqual([
      printed("a"),
      shown("x"),
      printed("b"),
    ]);
  });

  test("a carriage return writes over its line, also when it came in another message", () => {
    expect(outputsOf([stream("10 %\r"), stream("100 %\rdone"), stream("\nnext\n")])).toEqual([
      printed("done%\nnext\n"),
    ]);
  });

  test("a carriage return right before a line's end changes nothing", () => {
    expect(outputsOf([stream("a\r"), stream("\nb\r\n")])).toEqual([printed("a\nb\n")]);
  });

  test("a backspace removes the character before it", () => {
    expect(outputsOf([stream("abc\b\bX")])).toEqual([printed("aX")]);
  });

  test("a result has its count and no transient", () => {
    const result = message("execute_result", {
      execution_count: 3,
      data: { "text/plain": "1" },
      metadata: {},
      transient: {},
    });
    expect(outputsOf([result])).toEqual([
      { output_type: "execute_result", execution_count: 3, data: { "text/plain": "1" }, metadata: {} },
    ]);
  });

  test("an error keeps its name, value and traceback", () => {
    const error = { ename: "TypeError", evalue: "no", traceback: ["TypeError: no", "  at cell"] };
    expect(outputsOf([message("error", error)])).toEqual([{ output_type: "error", ...error }]);
  });

  test("an update replaces data and metadata where the display stands", () => {
    const outputs = outputsOf([show("0 %", "p"), stream("a"), update("100 %", "p")]);
    expect(outputs).toEqual([{ ...shown("100 %"), metadata: { a: 1 } }, printed("a")]);
  });

  test("an update reaches every display of that id, also in an earlier cell", () => {
    const ids = new DisplayIds();
    const first = outputsOf([show("old", "p"), show("other", "q")], ids);
    const second = outputsOf([show("old", "p"), update("new", "p")], ids);
    expect([first, second].flat().map((output) => "data" in output && output.data["text/plain"])).toEqual([
      "new",
      "other",
      "new",
    ]);
  });

  test("an update of an unknown id makes no output", () => {
    expect(outputsOf([update("new", "p")])).toEqual([]);
  });

  test("clear_output removes what was shown", () => {
    expect(
      outputsOf([stream("a"), show("x"), message("clear_output", { wait: false }), stream("b")]),
    ).toEqual([printed("b")]);
  });

  test("clear_output with wait removes it when the next output comes, not before", () => {
    const wait = message("clear_output", { wait: true });
    expect(outputsOf([stream("a"), wait])).toEqual([printed("a")]);
    expect(outputsOf([stream("a"), wait, stream("b"), stream("c")])).toEqual([printed("bc")]);
    expect(outputsOf([show("x"), wait, show("y")])).toEqual([shown("y")]);
  });

  test("a widget is kept as what stands beside it, and as itself only where nothing does", () => {
    const widget = { "application/vnd.jupyter.widget-view+json": { model_id: "random" } };
    const shown = (data: object) => message("display_data", { data, metadata: {}, transient: {} });
    const outputs = outputsOf([shown({ ...widget, "text/plain": "n: 3" }), shown(widget)]);
    expect(outputs.map((output) => "data" in output && output.data)).toEqual([
      { "text/plain": "n: 3" },
      widget,
    ]);
  });

  test("messages that show nothing make no output", () => {
    expect(outputsOf([message("comm_msg", { comm_id: "c" })])).toEqual([]);
  });
});
