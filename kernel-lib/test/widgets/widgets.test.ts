import { describe, expect, test } from "vitest";
import type { Json } from "../../src/jupyter/protocol";
import { typesOf } from "../jupyter/front-end";
import { idOf, opened, printed, updates, useWidgets } from "./front-end";

const VIEW = "application/vnd.jupyter.widget-view+json";
const { frontEnd, run, move, click } = useWidgets();
const { tell } = frontEnd;

describe("a control", () => {
  test("is opened when it is shown, after the models it refers to, in the widgets' own schema", async () => {
    expect(
      (await run("const gamma = slider({ label: 'γ', min: 0, max: 1, step: 0.05, value: 0.5 });")).outputs,
    ).toEqual([]);
    const { outputs } = await run("gamma");
    expect(typesOf(outputs)).toEqual(["comm_open", "comm_open", "comm_open", "execute_result"]);
    const models = opened(outputs);
    const [layout, style, control] = [...models.keys()];
    expect(models.get(control!)).toMatchObject({
      _model_module: "@jupyter-widgets/controls",
      _model_module_version: "2.0.0",
      _model_name: "FloatSliderModel",
      _view_name: "FloatSliderView",
      description: "γ",
      min: 0,
      max: 1,
      step: 0.05,
      value: 0.5,
      readout_format: ".2f",
      layout: `IPY_MODEL_${layout}`,
      style: `IPY_MODEL_${style}`,
    });
    expect(outputs[2]!.metadata).toEqual({ version: "2.1.0" });
    expect(outputs[3]!.content.data).toEqual({
      [VIEW]: { version_major: 2, version_minor: 0, model_id: control },
      "text/plain": "γ: 0.50 (0 to 1)",
      "text/html": "<div>γ: <strong>0.50 (0 to 1)</strong></div>",
    });
    expect(typesOf((await run("gamma")).outputs)).toEqual(["execute_result"]);
  });

  test("has the value that the user chose, tells its handlers, and echoes it to other windows", async () => {
    const { outputs } = await run(
      "const n = slider({ min: 1, max: 9 }); n.onChange(async (v: number) => { await 0; console.log('n is', v); }); display(n);",
    );
    const id = idOf(outputs, "IntSliderModel");
    const messages = await move(id, { value: 4 });
    expect(updates(messages, id, "echo_update")).toEqual([{ value: 4 }]);
    expect(printed(messages)).toBe("n is 4\n");
    expect(messages.find(({ header }) => header.msg_type === "stream")!.parent_header).toMatchObject({
      msg_id: outputs[0]!.parent_header.msg_id,
    });
    expect(printed((await run("console.log(n.value)")).outputs)).toBe("4\n");
  });

  test("changes in the front end when code sets it, and its handlers hear that too", async () => {
    const { outputs } = await run(
      "const kind = dropdown({ options: ['lstm', 'gru'] }); kind.onChange((v: string) => console.log('kind is', v)); display(kind);",
    );
    const id = idOf(outputs, "DropdownModel");
    const set = await run("kind.value = 'gru'; kind.value = 'gru';");
    expect(updates(set.outputs, id)).toEqual([{ index: 1 }]);
    expect(printed(set.outputs)).toBe("kind is gru\n");
  });

  test.each([
    ["checkbox({ value: false })", "CheckboxModel", { value: true }, "true"],
    ["textField({ value: 'a' })", "TextModel", { value: "<b>" }, "'<b>'"],
    [
      "dropdown({ options: [{ units: 8 }, { units: 16 }], text: (o: any) => o.units + ' units' })",
      "DropdownModel",
      { index: 1 },
      "{ units: 16 }",
    ],
    ["play({ min: 0, max: 5 })", "IntSliderModel", { value: 3 }, "3"],
    ["progressIndicator({ max: 4 })", "FloatProgressModel", { value: 2 }, "2"],
  ])("%s has the value of its twin", async (code, model, state, value) => {
    const { outputs } = await run(`var control = ${code}; display(control);`);
    await move(idOf(outputs, model), state);
    const result = (await run("control.value")).outputs[0]!.content.data;
    expect(result).toEqual({ "text/plain": value });
  });

  test("can be shown anew after the front end closed it", async () => {
    const { outputs } = await run("const shut = checkbox(); display(shut);");
    await tell("comm_close", { comm_id: idOf(outputs, "CheckboxModel"), data: {} });
    const again = await run("shut.value = true; display(shut);");
    expect(opened(again.outputs).get(idOf(again.outputs, "CheckboxModel"))).toMatchObject({ value: true });
  });

  test("is taken out of the front end with its layout when it is closed", async () => {
    const { outputs } = await run("const gone = checkbox(); display(gone);");
    const closed = (await run("gone.close();")).outputs.map(({ header, content }) => [
      header.msg_type,
      content.comm_id,
    ]);
    const [layout] = opened(outputs).keys();
    expect(closed).toEqual([
      ["comm_close", layout],
      ["comm_close", idOf(outputs, "CheckboxModel")],
    ]);
  });

  test("play's buttons and slider are linked in the front end", async () => {
    const { outputs } = await run("display(play({ min: 2, max: 5, interval: 50 }));");
    const models = opened(outputs);
    const [buttons, holder] = [idOf(outputs, "PlayModel"), idOf(outputs, "IntSliderModel")];
    expect(models.get(buttons)).toMatchObject({ min: 2, max: 5, value: 2, interval: 50 });
    expect(models.get(idOf(outputs, "LinkModel"))).toMatchObject({
      source: [`IPY_MODEL_${buttons}`, "value"],
      target: [`IPY_MODEL_${holder}`, "value"],
    });
  });
});

describe("a button", () => {
  test("runs its handler, whose output and errors stand under its cell", async () => {
    const { outputs } = await run(
      "let clicks = 0; button({ label: 'Train', onClick: () => { if (++clicks > 1) throw new Error('twice'); console.log('pressed'); } })",
    );
    const id = idOf(outputs, "ButtonModel");
    const cell = outputs[0]!.parent_header.msg_id;
    const first = await click(id);
    expect(printed(first)).toBe("pressed\n");
    const second = await click(id);
    const error = second.find(({ header }) => header.msg_type === "error");
    expect(error).toMatchObject({ content: { evalue: "twice" }, parent_header: { msg_id: cell } });
  });
});

describe("after a reload of the page", () => {
  test("the front end gets the state of all models, with the values they have now", async () => {
    const { outputs } = await run(
      "const kept = slider({ min: 0, max: 10 }); const box = vbox(kept, 'note'); display(box);",
    );
    const id = idOf(outputs, "IntSliderModel");
    await move(id, { value: 6 });
    await tell("comm_open", { comm_id: "control", target_name: "jupyter.widget.control", data: {} });
    const messages = await tell("comm_msg", { comm_id: "control", data: { method: "request_states" } });
    const answer = messages.find(({ content }) => content.comm_id === "control")!.content.data as {
      method: string;
      states: Record<string, { model_name: string; model_module: string; state: Json }>;
    };
    expect(answer.method).toBe("update_states");
    expect(answer.states[id]).toMatchObject({
      model_name: "IntSliderModel",
      model_module: "@jupyter-widgets/controls",
      model_module_version: "2.0.0",
      state: { value: 6 },
    });
    const boxState = answer.states[idOf(outputs, "VBoxModel")]!.state;
    expect(boxState.children).toEqual([`IPY_MODEL_${id}`, `IPY_MODEL_${idOf(outputs, "OutputModel")}`]);
    const { comms } = await frontEnd.client.request("comm_info_request", { target_name: "jupyter.widget" });
    expect(Object.keys(comms as Json).sort()).toEqual(Object.keys(answer.states).sort());
  });

  test("one model can be asked for alone", async () => {
    const { outputs } = await run("display(textField({ value: 'kept' }));");
    const id = idOf(outputs, "TextModel");
    const messages = await tell("comm_msg", { comm_id: id, data: { method: "request_state" } });
    expect(updates(messages, id)).toEqual([
      expect.objectContaining({ value: "kept", _model_name: "TextModel" }),
    ]);
  });
});

describe("an output area", () => {
  test("takes what code prints, shows and throws away, in few messages", async () => {
    const { outputs } = await run("const area = outputArea(); display(area);");
    const id = idOf(outputs, "OutputModel");
    const filled = await run(
      "area.capture(() => { for (let i = 0; i < 100; i++) console.log(i); console.error('oops'); display([{ a: 1 }]); }); console.log('cell');",
    );
    expect(printed(filled.outputs)).toBe("cell\n");
    const states = updates(filled.outputs, id);
    expect(states.length).toBeLessThan(3);
    expect(states.at(-1)!.outputs).toMatchObject([
      {
        output_type: "stream",
        name: "stdout",
        text: Array.from({ length: 100 }, (_, i) => `${i}\n`).join(""),
      },
      { output_type: "stream", name: "stderr", text: "oops\n" },
      { output_type: "display_data", data: { "text/html": expect.stringContaining("<td>1</td>") } },
    ]);
    expect(updates((await run("area.show('only')")).outputs, id)[0]!.outputs).toEqual([
      { output_type: "display_data", data: { "text/plain": "'only'" }, metadata: {} },
    ]);
    expect(updates((await run("area.clear();")).outputs, id)).toEqual([{ outputs: [] }]);
  });

  test("takes what a button in it prints", async () => {
    const { outputs } = await run(
      "const inside = outputArea(); display(inside); inside.capture(() => display(button({ label: 'b', onClick: () => console.log('in') })));",
    );
    const messages = await click(idOf(outputs, "ButtonModel"));
    expect(printed(messages)).toBe("");
    const [state] = updates(messages, idOf(outputs, "OutputModel"));
    expect((state!.outputs as Json[]).at(-1)).toEqual({
      output_type: "stream",
      name: "stdout",
      text: "in\n",
    });
  });

  test("replaces a progress bar in it", async () => {
    const { outputs } = await run("const bars = outputArea(); display(bars);");
    const done = await run(
      "bars.capture(() => { const bar = lib.progress('work', { total: 2 }); bar.update(1); bar.finish(); });",
    );
    const last = updates(done.outputs, idOf(outputs, "OutputModel")).at(-1)!.outputs as { data: Json }[];
    expect(last.map(({ data }) => data["text/plain"])).toEqual(["work (done)"]);
  });
});
