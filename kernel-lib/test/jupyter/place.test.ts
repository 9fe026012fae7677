import { expect, test } from "vitest";
import { newHeader, openWire } from "../../src/jupyter/wire";
import { isIdle, useFrontEnd } from "./front-end";

const frontEnd = useFrontEnd();

/** Executes code as the cell of a notebook does, and gives the metadata of what it shows, by the message's type. */
async function shown(code: string, metadata: Record<string, unknown>): Promise<[string, unknown][]> {
  const header = newHeader("execute_request", "front-end", "client");
  const message = { identities: [], header, parent_header: {}, metadata, content: { code }, buffers: [] };
  const { client } = frontEnd;
  await client.sendFrames("shell", openWire(client.connection.key).serialize(message));
  await frontEnd.until(isIdle(header.msg_id));
  const ended = (text: string) => text.includes("end");
  await frontEnd.until(
    ({ header: { msg_type }, parent_header, content }) =>
      msg_type === "stream" && parent_header.msg_id === header.msg_id && ended(String(content.text)),
  );
  return frontEnd.seen
    .filter(({ header: { msg_type }, parent_header }) => {
      return parent_header.msg_id === header.msg_id && msg_type !== "status";
    })
    .map((output) => [output.header.msg_type, output.metadata]);
}

const CODE = `console.log(1); display(2); clearOutput(); console.error(3);
setTimeout(() => console.log("end"), 100);
throw new Error("4")`;

test("what a cell shows names its place in the notebook, also what its timers print later", async () => {
  const cellId = "0f3a";
  const place = { cellId };
  expect(await shown(CODE, { cellId, deletedCells: [], recordTiming: false })).toEqual([
    ["execute_input", place],
    ["stream", place],
    ["display_data", place],
    ["clear_output", place],
    ["stream", place],
    ["error", place],
    ["stream", place],
  ]);
});

test.each([[{}], [{ cellId: 5 }]])("a request with the metadata %j has no place", async (metadata) => {
  const all = await shown(CODE, metadata);
  expect(all.map(([, has]) => has)).toEqual(all.map(() => ({})));
});
