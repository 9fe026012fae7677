import { beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../src/jupyter/protocol";
import { isIdle, typesOf, useFrontEnd } from "./front-end";
import { text } from "./kernel";

const frontEnd = useFrontEnd();
const { seen, until, send, tell } = frontEnd;

beforeAll(async () => {
  await kernel().execute('const host = (globalThis as any)[Symbol.for("jupyter.kernel")]; let comm: any;');
});

const kernel = () => frontEnd.client;

/** Runs a cell that opens a comm named `comm`; gives the request's id and the comm's own. */
async function openComm(code: string, target = "test.target") {
  const { status, outputs, reply } = await kernel().execute(
    `comm = host.comms.open(${JSON.stringify(target)}, { data: { from: "cell" } });\n${code}`,
  );
  expect(reply).toMatchObject({ status: "ok" });
  const opened = outputs.find(({ header }) => header.msg_type === "comm_open")!;
  return { status, cell: opened.parent_header.msg_id!, id: opened.content.comm_id as string };
}

describe("a comm that a cell opens", () => {
  test("is told to the front end after what the cell printed before, with data, metadata and bytes", async () => {
    const { outputs } = await kernel().execute(`
      console.log("before");
      host.comms.open("test.open", { data: { a: [1, null] }, metadata: { version: "2.1.0" }, buffers: [
        Uint8Array.of(1, 2, 3).subarray(1), new Float64Array([0.5]) ] });
      console.log("after");`);
    expect(typesOf(outputs)).toEqual(["stream", "comm_open", "stream"]);
    const { content, metadata, buffers } = outputs[1]!;
    expect(content).toEqual({
      comm_id: expect.any(String),
      target_name: "test.open",
      data: { a: [1, null] },
    });
    expect(metadata).toEqual({ version: "2.1.0" });
    expect(buffers.map((buffer) => [...buffer])).toEqual([
      [2, 3],
      [0, 0, 0, 0, 0, 0, 224, 63],
    ]);
  });

  test("gives its messages to its handlers, and their output to its cell, between busy and idle", async () => {
    const { id, cell } = await openComm("comm.onMessage(({ data }: any) => console.log('got', data.value));");
    await kernel().execute("'another cell'");
    const messages = await tell("comm_msg", { comm_id: id, data: { value: 7 } });
    expect(typesOf(messages)).toEqual(["status", "stream", "status"]);
    expect(messages[1]).toMatchObject({
      content: { name: "stdout", text: "got 7\n" },
      parent_header: { msg_id: cell },
    });
    expect(messages.map(({ content }) => content.execution_state)).toEqual(["busy", undefined, "idle"]);
  });

  test("works after an interrupt of the cell that ran last, also in handlers that wait", async () => {
    const { id } = await openComm(
      "comm.onMessage(async ({ data }: any) => { await null; console.log('got', data.value); });",
    );
    const endless = kernel().execute("for (;;) await new Promise((done) => setTimeout(done, 5));");
    await new Promise((done) => setTimeout(done, 300));
    await kernel().interrupt();
    expect((await endless).reply).toMatchObject({ ename: "KeyboardInterrupt" });
    for (const value of [1, 2]) {
      const messages = await tell("comm_msg", { comm_id: id, data: { value } });
      expect(messages.at(-1)?.content).toEqual({ execution_state: "idle" });
      expect(messages.map(({ content }) => content.text)).toContain(`got ${value}\n`);
    }
    expect((await kernel().execute("1 + 1")).reply).toMatchObject({ status: "ok" });
  });

  test("carries bytes both ways, and an answer has the message as its parent", async () => {
    const { id } = await openComm(`comm.onMessage(({ data, metadata, buffers }: any) =>
      comm.send({ got: data }, { metadata: { m: 1 }, buffers: [buffers[1].map((x: number) => x + 1), buffers[0]] }));`);
    const bytes = [Buffer.from("<IDS|MSG>"), Buffer.from([0, 254])];
    const messages = await tell("comm_msg", { comm_id: id, data: { é: "✓" } }, bytes);
    expect(typesOf(messages)).toEqual(["status", "comm_msg", "status"]);
    expect(messages[1]).toMatchObject({
      content: { comm_id: id, data: { got: { é: "✓" } } },
      metadata: { m: 1 },
    });
    expect(messages[1]!.buffers.map(String)).toEqual([String(Buffer.from([1, 255])), "<IDS|MSG>"]);
    expect(messages[1]!.parent_header.msg_id).toBe(messages[0]!.parent_header.msg_id);
  });

  test("is handled in its turn between cells", async () => {
    const { id } = await openComm(
      "var order: string[] = []; comm.onMessage(async () => { order.push('message'); await 0; order.push('end of message'); });",
    );
    const before = kernel().execute(
      "order.push('first'); await new Promise((done) => setTimeout(done, 100)); order.push('end of first');",
    );
    await send("comm_msg", { comm_id: id, data: {} });
    const after = kernel().execute("order.push('second'); order.join()");
    await before;
    expect((await after).outputs[0]!.content.data).toEqual({
      "text/plain": "'first,end of first,message,end of message,second'",
    });
  });

  test("gives the output of timers and promises that a handler starts to its cell", async () => {
    const { id, cell } = await openComm(`comm.onMessage(() => {
      setTimeout(() => console.log("timer"), 20);
      void Promise.resolve().then(() => new Promise((done) => setTimeout(done, 20))).then(() => console.log("promise"));
    });`);
    await tell("comm_msg", { comm_id: id, data: {} });
    await kernel().execute("'another cell'");
    for (const word of ["timer", "promise"]) {
      const printed = await until(({ content }) => String(content.text).includes(word));
      expect(printed.parent_header.msg_id).toBe(cell);
    }
  });

  test("shows a handler's error in its cell, and goes on", async () => {
    const { id, cell } = await openComm(`let calls = 0;
      comm.onMessage(async () => { if (++calls === 1) await Promise.reject(new RangeError("too far")); console.log("call", calls); });`);
    const [, error] = await tell("comm_msg", { comm_id: id, data: {} });
    expect(error).toMatchObject({
      header: { msg_type: "error" },
      content: { ename: "RangeError", evalue: "too far" },
      parent_header: { msg_id: cell },
    });
    expect((error!.content.traceback as string[]).join("\n")).toMatch(/cell\[\d+\]:3/);
    const [, second] = await tell("comm_msg", { comm_id: id, data: {} });
    expect(second!.content.text).toBe("call 2\n");
  });

  test("shows a rejection in its handler that nobody catches", async () => {
    const { id, cell } = await openComm('comm.onMessage(() => { void Promise.reject(new Error("lost")); });');
    const messages = await tell("comm_msg", { comm_id: id, data: {} });
    const error = messages.find(({ header }) => header.msg_type === "error");
    expect(error).toMatchObject({ content: { evalue: "lost" }, parent_header: { msg_id: cell } });
  });

  test.each([
    ["a loop", "while (true) {}"],
    ["a printing loop", "while (true) console.log('x'.repeat(1000));"],
    ["a loop after an await", "return (async () => { await 0; while (true) {} })();"],
    ["a promise that never settles", "return new Promise(() => {});"],
  ])("has its handler interrupted: %s", async (_, loop) => {
    const { id, cell } = await openComm(`comm.onMessage(({ data }: any) => {
      if (data.again) return console.log("again");
      console.log("started");
      ${loop}
    });`);
    const request = await send("comm_msg", { comm_id: id, data: {} });
    await until(
      ({ content, parent_header }) => parent_header.msg_id === cell && /started/.test(String(content.text)),
    );
    await kernel().interrupt();
    await until(isIdle(request));
    const error = seen.find(
      ({ header, parent_header }) => header.msg_type === "error" && parent_header.msg_id === cell,
    );
    expect(error?.content.ename).toBe("KeyboardInterrupt");
    const messages = await tell("comm_msg", { comm_id: id, data: { again: true } });
    expect(messages.find(({ header }) => header.msg_type === "stream")?.content.text).toBe("again\n");
    expect(text(await kernel().execute("console.log('next cell')"))).toBe("next cell\n");
  });

  test("is closed by the front end, which its handlers hear", async () => {
    const { id } = await openComm(
      "comm.onClose(({ data }: any) => console.log('closed', data.why)); comm.onMessage(() => console.log('no'));",
    );
    const messages = await tell("comm_close", { comm_id: id, data: { why: "done" } });
    expect(typesOf(messages)).toEqual(["status", "stream", "status"]);
    expect(messages[1]!.content.text).toBe("closed done\n");
    expect(typesOf(await tell("comm_msg", { comm_id: id, data: {} }))).toEqual(["status", "status"]);
    const { reply } = await kernel().execute("comm.send({})");
    expect(reply.evalue).toBe(`comm.send: the comm "${id}" is closed`);
  });

  test("is closed by the cell, once", async () => {
    const { id } = await openComm("");
    const { outputs } = await kernel().execute("comm.close({ why: 1 }); comm.close();");
    expect(outputs.map(({ header, content }) => [header.msg_type, content])).toEqual([
      ["comm_close", { comm_id: id, data: { why: 1 } }],
    ]);
  });
});

describe("comm_info_request", () => {
  test("lists the open comms, all or those of one target, also while a cell runs", async () => {
    const one = await openComm("", "test.one");
    const two = await openComm("", "test.two");
    const running = kernel().execute("await new Promise((done) => setTimeout(done, 200)); 'done'");
    const all = (await kernel().request("comm_info_request")).comms as Json;
    expect(all).toMatchObject({
      [one.id]: { target_name: "test.one" },
      [two.id]: { target_name: "test.two" },
    });
    expect(await kernel().request("comm_info_request", { target_name: "test.two" })).toEqual({
      status: "ok",
      comms: { [two.id]: { target_name: "test.two" } },
    });
    await tell("comm_close", { comm_id: two.id, data: {} });
    await running;
    expect(await kernel().request("comm_info_request", { target_name: "test.two" })).toEqual({
      status: "ok",
      comms: {},
    });
  });
});

describe("a comm that the front end opens", () => {
  test("is taken by its target's function, and its output stands under the cell that registered it", async () => {
    const { outputs } = await kernel().execute(`
      host.comms.registerTarget("test.taken", (comm: any, { data, buffers }: any) => {
        console.log("opened", data.x, buffers[0].length);
        comm.onMessage(({ data }: any) => comm.send({ twice: 2 * data.x }));
      });
      console.log("registered");`);
    const cell = outputs[0]!.parent_header.msg_id;
    const open = { comm_id: "theirs", target_name: "test.taken", data: { x: 1 } };
    const [, printed] = await tell("comm_open", open, [Buffer.alloc(3)]);
    expect(printed).toMatchObject({ content: { text: "opened 1 3\n" }, parent_header: { msg_id: cell } });
    const [, answer] = await tell("comm_msg", { comm_id: "theirs", data: { x: 21 } });
    expect(answer!.content).toEqual({ comm_id: "theirs", data: { twice: 42 } });
    expect(await kernel().request("comm_info_request", { target_name: "test.taken" })).toMatchObject({
      comms: { theirs: { target_name: "test.taken" } },
    });
  });

  test("for a target that nobody registered is closed, and not listed", async () => {
    const messages = await tell("comm_open", { comm_id: "lost", target_name: "test.nobody", data: {} });
    expect(typesOf(messages)).toEqual(["status", "comm_close", "status"]);
    expect(messages[1]!.content).toEqual({ comm_id: "lost", data: {} });
    expect(await kernel().request("comm_info_request", { target_name: "test.nobody" })).toMatchObject({
      comms: {},
    });
  });

  test.each([
    ["comm_open", {}],
    ["comm_open", { comm_id: 5, target_name: "test.taken" }],
    ["comm_open", { comm_id: "x", target_name: null }],
    ["comm_msg", { comm_id: "none", data: 5 }],
    ["comm_close", { comm_id: null }],
  ])("that makes no sense (%s %j) is ignored", async (type, content) => {
    expect(typesOf(await tell(type, content))).toEqual(["status", "status"]);
  });
});

describe("capture", () => {
  test("takes what code prints and shows, also in its timers and promises, in place of the cell", async () => {
    const { outputs } = await kernel().execute(`
      const taken: any[] = [];
      await host.capture((output: any) => taken.push(output), async () => {
        console.log("printed"); console.error("warned");
        await new Promise((done) => setTimeout(done, 10));
        display("shown"); host.clearOutput(true);
        setTimeout(() => console.log("later"), 10);
      });
      console.log("not captured");
      await new Promise((done) => setTimeout(done, 50));
      ({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": taken }) })`);
    expect(typesOf(outputs)).toEqual(["stream", "execute_result"]);
    expect(outputs[0]!.content.text).toBe("not captured\n");
    expect((outputs[1]!.content.data as Json)["application/json"]).toEqual([
      { output_type: "stream", name: "stdout", text: "printed\n" },
      { output_type: "stream", name: "stderr", text: "warned\n" },
      { output_type: "display_data", data: { "text/plain": "'shown'" }, metadata: {}, update: false },
      { output_type: "clear", wait: true },
      { output_type: "stream", name: "stdout", text: "later\n" },
    ]);
  });
});
