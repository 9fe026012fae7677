import { resolve } from "node:path";
import { beforeAll, expect } from "vitest";
import type { Execution } from "../../src/jupyter/client";
import type { Json, Message } from "../../src/jupyter/protocol";
import { type FrontEnd, useFrontEnd } from "../jupyter/front-end";

const LIBRARY = JSON.stringify(resolve(__dirname, "../../dist/index.js"));

/** A front end whose cells know the widgets, and what its user does. */
export type WidgetFrontEnd = {
  frontEnd: FrontEnd;
  run(code: string): Promise<Execution>;
  /** Changes a control. */
  move(id: string, state: Json): Promise<Message[]>;
  click(id: string): Promise<Message[]>;
};

/** Starts a kernel for all tests of a file. */
export function useWidgets(): WidgetFrontEnd {
  const frontEnd = useFrontEnd();
  const run = (code: string) => frontEnd.client.execute(code, { timeout: 30_000 });
  const tell = (id: string, data: Json) => frontEnd.tell("comm_msg", { comm_id: id, data });
  beforeAll(async () => {
    const { status } = await run(
      `const lib = require(${LIBRARY}); const { slider, dropdown, checkbox, textField, play, button, progressIndicator, outputArea, hbox, vbox, interact } = lib;`,
    );
    expect(status).toBe("ok");
  }, 60_000);
  return {
    frontEnd,
    run,
    move: (id, state) => tell(id, { method: "update", state, buffer_paths: [] }),
    click: (id) => tell(id, { method: "custom", content: { event: "click" } }),
  };
}

/** The models that messages open: their state by their id. */
export function opened(messages: Message[]): Map<string, Json> {
  const opens = messages.filter(({ header }) => header.msg_type === "comm_open");
  return new Map(
    opens.map(({ content }) => [content.comm_id as string, (content.data as { state: Json }).state]),
  );
}

/** The id of the opened model of a class. */
export function idOf(messages: Message[], name: string): string {
  const found = [...opened(messages)].find(([, state]) => state._model_name === name);
  expect(found, `a ${name} among the opened models`).toBeDefined();
  return found![0];
}

/** The updates of a model's state. */
export function updates(messages: Message[], id: string, method = "update"): Json[] {
  return messages
    .filter(({ header, content }) => header.msg_type === "comm_msg" && content.comm_id === id)
    .map(({ content }) => content.data as { method: string; state: Json })
    .filter((data) => data.method === method)
    .map(({ state }) => state);
}

/** What was printed. */
export const printed = (messages: Message[]) =>
  messages.flatMap(({ header, content }) => (header.msg_type === "stream" ? [content.text] : [])).join("");
