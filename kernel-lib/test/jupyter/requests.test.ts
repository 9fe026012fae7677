import { describe, expect, test } from "vitest";
import { result, text, useKernel } from "./kernel";

const kernel = useKernel();

describe("kernel_info", () => {
  test("names the language so that editors highlight TypeScript", async () => {
    expect(await kernel.client.kernelInfo()).toMatchObject({
      status: "ok",
      implementation: "kernel-lib",
      language_info: {
        name: "typescript",
        mimetype: "text/typescript",
        file_extension: ".ts",
        codemirror_mode: "typescript",
        pygments_lexer: "typescript",
      },
    });
  });

  test("is answered on the control channel too", async () => {
    expect(await kernel.client.request("kernel_info_request", {}, { channel: "control" })).toMatchObject({
      status: "ok",
    });
  });
});

describe("while a cell runs", () => {
  test("completion, inspection, history and kernel_info answer", async () => {
    await kernel.run("const answer = 42;");
    const running = kernel.run("for (;;);");
    expect(await kernel.client.complete("answ")).toMatchObject({ matches: ["answer"] });
    expect(await kernel.client.inspect("answer")).toMatchObject({ found: true });
    expect(await kernel.client.isComplete("f(")).toMatchObject({ status: "incomplete" });
    expect((await kernel.client.history({ n: 1 })).history).toHaveLength(1);
    await kernel.client.kernelInfo();
    await kernel.client.interrupt();
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
  });
});

describe("completion", () => {
  test("knows the names and types of earlier cells", async () => {
    await kernel.run("const point = { latitude: 1, longitude: 2 };");
    expect((await kernel.client.complete("point.l")).matches).toEqual(["latitude", "longitude"]);
  });

  test("counts positions in code points", async () => {
    expect(await kernel.client.complete('"🙂🙂"; point.lat', 15)).toMatchObject({
      matches: ["latitude"],
      cursor_start: 12,
      cursor_end: 15,
    });
  });
});

describe("inspection", () => {
  test("shows type and documentation, as text and as Markdown", async () => {
    await kernel.run("/** Twice the number. */\nfunction twice(n: number): number { return 2 * n; }");
    const { found, data } = await kernel.client.inspect("twice");
    expect(found).toBe(true);
    expect((data as Record<string, string>)["text/plain"]).toMatch(
      /twice\(n: number\): number[\s\S]*Twice the number\./,
    );
    expect((data as Record<string, string>)["text/markdown"]).toContain("twice");
  });

  test("of nothing finds nothing", async () => {
    expect(await kernel.client.inspect("   ", 1)).toEqual({
      status: "ok",
      found: false,
      data: {},
      metadata: {},
    });
  });

  test("is also what a cell of a name with ? does", async () => {
    const { payload } = (await kernel.run("twice?")).reply as {
      payload: { source: string; data: Record<string, string> }[];
    };
    expect(payload[0]!.source).toBe("page");
    expect(payload[0]!.data["text/plain"]).toContain("twice(n: number): number");
    expect((await kernel.run("nowhere_to_be_found?")).status).toBe("error");
  });
});

describe("is_complete", () => {
  test.each([
    ["1 + 1", "complete"],
    ["await x", "complete"],
    ["Math.max?", "complete"],
    [" %who? \n", "complete"],
    ["x ? ", "incomplete"],
    ["f()?", "incomplete"],
    ["for (const a of b) {", "incomplete"],
    ["`text", "incomplete"],
    ["const = 7q", "invalid"],
  ])("%j is %s", async (code, status) => {
    expect(await kernel.client.isComplete(code)).toMatchObject({ status });
  });
});

describe("history", () => {
  test("gives what was executed, with outputs where they are asked for", async () => {
    const { executionCount } = await kernel.run('"remembered"');
    expect((await kernel.client.history({ n: 1 })).history).toEqual([[1, executionCount, '"remembered"']]);
    expect((await kernel.client.history({ n: 1, output: true })).history).toEqual([
      [1, executionCount, ['"remembered"', "'remembered'"]],
    ]);
  });
});

describe("comms", () => {
  test("of an unknown target are closed", async () => {
    const answers = await kernel.client.notify("comm_open", {
      comm_id: "c1",
      target_name: "jupyter.widget",
      data: {},
    });
    expect(answers.map(({ header, content }) => [header.msg_type, content])).toEqual([
      ["comm_close", { comm_id: "c1", data: {} }],
    ]);
    expect(await kernel.client.request("comm_info_request")).toEqual({ status: "ok", comms: {} });
    expect(await kernel.client.notify("comm_msg", { comm_id: "c1", data: {} })).toEqual([]);
    expect(await kernel.client.notify("comm_close", { comm_id: "c1", data: {} })).toEqual([]);
  });
});

describe("global names of the kernel", () => {
  test("do not show among the user's own", async () => {
    expect(
      result(
        await kernel.run(
          "Object.keys(globalThis).filter((name) => /kernel|display|prompt|require/i.test(name))",
        ),
      ),
    ).toBe("[]");
    expect(text(await kernel.run("console.log(typeof require, typeof display, typeof prompt)"))).toBe(
      "function function function\n",
    );
  });
});
