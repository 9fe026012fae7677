import { describe, expect, test } from "vitest";
import type { Json, Message } from "../../src/jupyter/protocol";
import { typesOf } from "../jupyter/front-end";
import { idOf, opened, printed, updates, useWidgets } from "./front-end";

const VIEW = "application/vnd.jupyter.widget-view+json";
const { frontEnd, run, move } = useWidgets();

describe("interact", () => {
  const start = (render: string, controls = "{ n: slider({ min: 1, max: 9 }) }") =>
    run(`${render.startsWith("async") ? "await " : ""}interact(${controls}, ${render});`);
  const lastShown = (messages: Message[], area: string) => updates(messages, area).at(-1)?.outputs;

  test("shows the controls and the first result, then each new one in its place", async () => {
    const { outputs } = await start("({ n }: any) => { console.log('n', n); return n * n; }");
    expect(typesOf(outputs).filter((type) => type !== "comm_open")).toEqual(["display_data", "display_data"]);
    const [control, area] = [idOf(outputs, "IntSliderModel"), idOf(outputs, "OutputModel")];
    expect(opened(outputs).get(area)!.outputs).toEqual([
      { output_type: "stream", name: "stdout", text: "n 1\n" },
      { output_type: "display_data", data: { "text/plain": "1" }, metadata: {} },
    ]);
    const messages = await move(control, { value: 3 });
    expect(updates(messages, area)).toHaveLength(1);
    expect(lastShown(messages, area)).toEqual([
      { output_type: "stream", name: "stdout", text: "n 3\n" },
      { output_type: "display_data", data: { "text/plain": "9" }, metadata: {} },
    ]);
    expect(printed(messages)).toBe("");
  });

  test("waits for what its function promises", async () => {
    const { outputs } = await start(
      "async ({ n }: any) => { await new Promise((done) => setTimeout(done, 5)); return n + 1; }",
    );
    const messages = await move(idOf(outputs, "IntSliderModel"), { value: 8 });
    expect(lastShown(messages, idOf(outputs, "OutputModel"))).toMatchObject([
      { data: { "text/plain": "9" } },
    ]);
  });

  test("fails its cell when the first call throws, and shows later errors in place of the result", async () => {
    expect(await start("() => { throw new Error('first'); }")).toMatchObject({
      status: "error",
      reply: { evalue: "first" },
    });
    const { outputs } = await start(
      "({ n }: any) => { if (n === 2) throw new RangeError('not two'); return n; }",
    );
    const [control, area] = [idOf(outputs, "IntSliderModel"), idOf(outputs, "OutputModel")];
    const failed = await move(control, { value: 2 });
    expect(lastShown(failed, area)).toEqual([
      {
        output_type: "error",
        ename: "RangeError",
        evalue: "not two",
        traceback: [expect.stringMatching(/^RangeError: not two\n.*cell\[\d+\]:1/)],
      },
    ]);
    const mended = await move(control, { value: 5 });
    expect(lastShown(mended, area)).toMatchObject([{ data: { "text/plain": "5" } }]);
  });

  test("keeps a figure as it stands beside the widget, for files and viewers without widgets", async () => {
    const { outputs } = await start(
      "({ n }: any) => lib.lineChart({ title: 'T', xTitle: 'x', yTitle: 'y', series: [{ name: 's', x: [0, 1], y: [0, n] }] })",
    );
    const [controls, figure] = outputs.filter(({ header }) => header.msg_type === "display_data");
    expect(Object.keys(controls!.content.data as Json)).toEqual([VIEW, "text/plain", "text/html"]);
    expect(Object.keys(figure!.content.data as Json)).toEqual([
      VIEW,
      "application/vnd.plotly.v1+json",
      "text/plain",
    ]);
  });

  test("is interrupted, and goes on with the next change", async () => {
    const { outputs } = await start(
      "({ n }: any) => { if (n === 2) { console.log('loop'); while (true) {} } return n; }",
    );
    const [control, area] = [idOf(outputs, "IntSliderModel"), idOf(outputs, "OutputModel")];
    const request = await frontEnd.send("comm_msg", {
      comm_id: control,
      data: { method: "update", state: { value: 2 }, buffer_paths: [] },
    });
    await frontEnd.until(
      ({ content, parent_header }) =>
        parent_header.msg_id === request && (content.data as Json | undefined)?.method === "echo_update",
    );
    await frontEnd.client.interrupt();
    const messages = await move(control, { value: 4 });
    expect(lastShown(messages, area)).toMatchObject([{ data: { "text/plain": "4" } }]);
  });
});
