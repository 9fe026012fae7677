import { describe, expect, test } from "vitest";
import { content, result, text, traceback, types, useKernel } from "./kernel";

const kernel = useKernel();
const custom = (bundle: string) => `({ [Symbol.for("Jupyter.display")]: () => (${bundle}) })`;

describe("a value's own MIME bundle", () => {
  test("is its result", async () => {
    const shown = await kernel.run(custom('{ "text/html": "<b>x</b>", "text/plain": "x" }'));
    expect(content(shown, "execute_result")?.data).toEqual({ "text/html": "<b>x</b>", "text/plain": "x" });
  });

  test("may hold JSON and bytes; bytes are sent in base64", async () => {
    const shown = await kernel.run(
      `display(${custom('{ "application/json": { a: [1] }, "application/vnd.plotly.v1+json": { data: [] }, "image/png": new Uint8Array([137, 80, 78, 71]), "image/jpeg": Buffer.from("x") }')})`,
    );
    expect(content(shown, "display_data")?.data).toEqual({
      "application/json": { a: [1] },
      "application/vnd.plotly.v1+json": { data: [] },
      "image/png": "iVBORw==",
      "image/jpeg": "eA==",
    });
  });

  test.each([
    ["throws", '(() => { throw new Error("cannot") })()', "cannot"],
    ["is no bundle", "5", "expected a MIME bundle, got 5"],
    ["holds what cannot be sent", '{ "text/html": 5 }', "text/html: expected a string or Uint8Array, got 5"],
    ["cannot be JSON", '{ "application/json": 5n }', "BigInt"],
  ])("that %s is an error of the cell", async (_, bundle, message) => {
    for (const code of [custom(bundle), `display(${custom(bundle)})`]) {
      const failed = await kernel.run(code);
      expect(failed.status).toBe("error");
      expect(traceback(failed)).toContain(message);
    }
    expect(result(await kernel.run("1"))).toBe("1");
  });
});

describe("a MIME bundle that is promised", () => {
  const later = (bundle: string) =>
    `({ async [Symbol.for("Jupyter.display")]() { await new Promise((go) => setTimeout(go, 20)); return ${bundle} } })`;

  test("is the result", async () => {
    const shown = await kernel.run(later('{ "text/plain": "last" }'));
    expect(content(shown, "execute_result")?.data).toEqual({ "text/plain": "last" });
  });

  test("is displayed before the cell ends", async () => {
    const shown = await kernel.run(`display(${later('{ "text/plain": "first" }')}, { id: "later" });\n7`);
    expect(types(shown)).toEqual(["display_data", "execute_result"]);
    expect(content(shown, "display_data")).toEqual({
      data: { "text/plain": "first" },
      metadata: {},
      transient: { display_id: "later" },
    });
  });

  test.each([
    ["throws", '(() => { throw new Error("cannot") })()', "cannot"],
    ["is no bundle", "5", "expected a MIME bundle, got 5"],
    ["holds what cannot be sent", '{ "text/html": 5 }', "text/html: expected a string or Uint8Array, got 5"],
  ])("that %s is an error of the cell", async (_, bundle, message) => {
    for (const code of [later(bundle), `display(${later(bundle)}); 7`]) {
      const failed = await kernel.run(code);
      expect(failed.status).toBe("error");
      expect(traceback(failed)).toContain(message);
      expect(types(failed)).toEqual(["error"]);
    }
  });

  test("goes to its own cell when a later one runs", async () => {
    const [first, second] = await Promise.all([
      kernel.run(`setTimeout(() => display(${later('{ "text/plain": "late" }')}), 5); 1`),
      kernel.run("await new Promise((go) => setTimeout(go, 100)); 2"),
    ]);
    expect(types(first)).toEqual(["execute_result"]);
    expect(types(second)).toEqual(["execute_result"]);
  });

  test("that never comes can be interrupted", async () => {
    for (const code of ["value", "display(value)"]) {
      const running = kernel.run(
        `console.log("begun"); const value = ({ [Symbol.for("Jupyter.display")]: () => new Promise(() => {}) });\n${code}`,
        { onOutput: () => void kernel.client.interrupt() },
      );
      expect((await running).reply.ename).toBe("KeyboardInterrupt");
      expect(result(await kernel.run("1"))).toBe("1");
    }
  });

  test("is refused with a reason where nobody can wait for it", async () => {
    const refused = await kernel.run(
      `const host = (globalThis as any)[Symbol.for("jupyter.kernel")];\nhost.format({ async [Symbol.for("Jupyter.display")]() { throw new Error("unseen") } })`,
    );
    expect(refused.reply.evalue).toContain("only display and a cell wait for it");
    expect(text(refused, "stderr")).toBe("");
  });
});

describe("display", () => {
  test("with an id is updated in place", async () => {
    const shown = await kernel.run(
      'display("a", { id: "one" }); display("b", { id: "one", update: true, metadata: { m: 1 } })',
    );
    expect(types(shown)).toEqual(["display_data", "update_display_data"]);
    expect(content(shown, "update_display_data")).toEqual({
      data: { "text/plain": "'b'" },
      metadata: { m: 1 },
      transient: { display_id: "one" },
    });
  });

  test("of an earlier cell is updated from a later one", async () => {
    await kernel.run('display("a", { id: "two" })');
    expect(types(await kernel.run('display("b", { id: "two", update: true })'))).toEqual([
      "update_display_data",
    ]);
  });

  test("takes a MIME bundle as it is with `raw`", async () => {
    const shown = await kernel.run(
      'display({ "text/html": "<b>", "image/png": new Uint8Array([1]) }, { raw: true })',
    );
    expect(content(shown, "display_data")?.data).toEqual({ "text/html": "<b>", "image/png": "AQ==" });
  });

  test("is cleared at once, or with the next output", async () => {
    const shown = await kernel.run('console.log("x"); clearOutput(); clearOutput(true)');
    expect(types(shown)).toEqual(["stream", "clear_output", "clear_output"]);
    expect(shown.outputs.slice(1).map(({ content: { wait } }) => wait)).toEqual([false, true]);
  });
});

describe("tslab's display API", () => {
  test("works unchanged", async () => {
    kernel.write("node_modules/tslab/package.json", '{ "name": "tslab", "types": "index.d.ts" }');
    kernel.write(
      "node_modules/tslab/index.d.ts",
      "interface Display { html(s: string): void; png(b: Uint8Array): void; raw(type: string, b: string | Uint8Array): void }\nexport declare const display: Display;\nexport declare function newDisplay(): Display;",
    );
    const shown = await kernel.run(`import * as tslab from "tslab";
tslab.display.html("<b>x</b>");
tslab.display.png(new Uint8Array([1]));
tslab.display.raw("text/x", "y");
const d = tslab.newDisplay();
d.html("1");
d.html("2");`);
    expect(shown.outputs.map(({ header, content: { data } }) => [header.msg_type, data])).toEqual([
      ["display_data", { "text/html": "<b>x</b>" }],
      ["display_data", { "image/png": "AQ==" }],
      ["display_data", { "text/x": "y" }],
      ["display_data", { "text/html": "1" }],
      ["update_display_data", { "text/html": "2" }],
    ]);
    const [first, second] = shown.outputs.slice(3).map(({ content: { transient } }) => transient);
    expect(first).toEqual(second);
  });
});

describe("the host of libraries", () => {
  test("displays bundles and clears the output", async () => {
    const shown = await kernel.run(`const host = (globalThis as any)[Symbol.for("jupyter.kernel")];
host.display({ "text/html": "<p>" }, { displayId: "h", metadata: { a: 1 } });
host.clearOutput(true);`);
    expect(content(shown, "display_data")).toEqual({
      data: { "text/html": "<p>" },
      metadata: { a: 1 },
      transient: { display_id: "h" },
    });
    expect(content(shown, "clear_output")).toEqual({ wait: true });
  });
});
