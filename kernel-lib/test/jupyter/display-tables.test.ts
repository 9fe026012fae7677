import { describe, expect, test } from "vitest";
import { content, useKernel } from "./kernel";
import { shown as shownBy, tableIn } from "./shown";

const kernel = useKernel();
const shown = (code: string) => shownBy(kernel, code);

const hostile = "<script>alert(1)</script> & \" ' ]]> नमस्ते";

describe("an array of objects", () => {
  test("is a table and, as text, what it is", async () => {
    const bundle = await shown('[{ a: 1, b: "x" }, { a: 2, c: [3] }]');
    expect(bundle["text/plain"]).toBe("[ { a: 1, b: 'x' }, { a: 2, c: [ 3 ] } ]");
    const { caption, columns, labels, cells } = tableIn(bundle);
    expect({ caption, columns, labels }).toEqual({
      caption: "2 rows × 3 columns",
      columns: ["a", "b", "c"],
      labels: ["0", "1"],
    });
    expect(cells).toEqual([
      ["1", "x", ""],
      ["2", "", "[ 3 ]"],
    ]);
  });

  test("can be read by screen readers and scrolled by keyboard", async () => {
    const { document } = tableIn(await shown("[{ a: 1 }]"));
    const region = document.querySelector("[role=region]")!;
    expect(region.getAttribute("aria-label")).toBe("1 row × 1 column");
    expect(region.getAttribute("tabindex")).toBe("0");
    expect(region.querySelector("table")).not.toBeNull();
    expect(document.querySelectorAll("th:not([scope])")).toHaveLength(0);
  });

  test("of many rows and columns is elided, and says how many there are", async () => {
    const bundle = await shown(
      "Array.from({ length: 1000 }, (_, i) => Object.fromEntries(Array.from({ length: 30 }, (_, j) => ['c' + j, i])))",
    );
    const { caption, columns, labels, cells } = tableIn(bundle);
    expect(caption).toBe("1000 rows × 30 columns (980 rows and 10 columns not shown)");
    expect(labels).toHaveLength(21);
    expect([labels[9], labels[10], labels[11]]).toEqual(["9", "⋮", "990"]);
    expect([columns[9], columns[10], columns[11]]).toEqual(["c9", "…", "c20"]);
    expect(cells.every((row) => row.length === 21)).toBe(true);
    expect(bundle["text/html"]!.length).toBeLessThan(20_000);
  });

  test("keeps hostile text as text, in cells and in headers", async () => {
    const text = JSON.stringify(hostile);
    const { document, columns, cells } = tableIn(await shown(`[{ [${text}]: ${text} }]`));
    expect(document.querySelector("script")).toBeNull();
    expect(columns).toEqual([hostile]);
    expect(cells).toEqual([[hostile]]);
  });

  test("does not call getters", async () => {
    const { cells } = tableIn(await shown('[{ get a(): number { throw new Error("no") }, b: 1 }]'));
    expect(cells).toEqual([["[Getter]", "1"]]);
  });

  test.each(["[]", "[1, 2]", "[{}]", "[new Date(0)]", "[null]", "[[]]", "[[1], [1, 2]]", '[["a"]]'])(
    "is what %s is not",
    async (code) => {
      expect(Object.keys(await shown(code))).toEqual(["text/plain"]);
    },
  );
});

describe("rows of numbers", () => {
  test("are a table with their shape; a small one is written as TypeScript has it", async () => {
    const bundle = await shown("[[1, 2.5], [3, 4]]");
    expect(bundle["text/plain"]).toBe("[ [ 1, 2.5 ], [ 3, 4 ] ]");
    const { caption, columns, cells } = tableIn(bundle);
    expect(caption).toBe("number[][] [2, 2]");
    expect(columns).toEqual(["0", "1"]);
    expect(cells).toEqual([
      ["1.0000", "2.5000"],
      ["3.0000", "4.0000"],
    ]);
  });

  test("are elided when there are many", async () => {
    const bundle = await shown("Array.from({ length: 2000 }, (_, i) => new Float64Array(500).fill(i))");
    expect(bundle["text/plain"]!.split("\n")).toHaveLength(12);
    expect(bundle["text/plain"]).toMatch(/^Float64Array\[\] \[2000, 500\]\n\[\[ +0, .*…,/);
    expect(tableIn(bundle).labels).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "⋮",
      "1995",
      "1996",
      "1997",
      "1998",
      "1999",
    ]);
  });

  test.each([
    ["[[1e-9, 2e-9]]", [["1.000e-9", "2.000e-9"]]],
    ["[[1, NaN, -Infinity]]", [["1", "NaN", "-Infinity"]]],
    ["[[0.05, 0]]", [["0.050000", "0.000000"]]],
    ["[[123456.789, 1]]", [["123456.8", "1.0"]]],
    ["[[0, 0]]", [["0", "0"]]],
  ])("%s line up in one format", async (code, cells) => {
    expect(tableIn(await shown(code)).cells).toEqual(cells);
  });
});

describe("a matrix of mathjs", () => {
  test("says its kind, type and shape, dense or sparse", async () => {
    await kernel.run(`import { createRequire } from "node:module";
const math = createRequire(${JSON.stringify(__filename)})("mathjs") as any;`);
    expect((await shown("math.matrix([[1, 2], [3, 4]])"))["text/plain"]).toBe(
      "DenseMatrix number [2, 2]\n[[1, 2],\n [3, 4]]",
    );
    const sparse = await shown("math.sparse(math.identity(3))");
    expect(tableIn(sparse).caption).toBe("SparseMatrix number [3, 3], 3 stored");
    const complex = await shown("math.matrix([[math.complex(1, -2)]])");
    expect(tableIn(complex).cells).toEqual([["1 - 2i"]]);
    expect(tableIn(complex).caption).toBe("DenseMatrix Complex [1, 1]");
    const mixed = await shown("math.matrix([[math.complex(1, 2), 3]])");
    expect(tableIn(mixed).caption).toBe("DenseMatrix mixed [1, 2]");
    const none = await shown("math.matrix()");
    expect(none["text/plain"]).toMatch(/^DenseMatrix \[0\]\n/);
  });
});

/** Cells that load TensorFlow.js with one of its backends. */
const backends = {
  tensorflow: 'const tf = load("@tensorflow/tfjs-node");',
  wasm: `const tf = load("@tensorflow/tfjs");
const wasm = "@tensorflow/tfjs-backend-wasm";
load(wasm).setWasmPaths(load.resolve(wasm + "/package.json").replace("package.json", "dist/"));
await tf.setBackend("wasm");`,
};

describe.each(["tensorflow", "wasm"] as const)("a tensor of the backend %s", (backend) => {
  test("says its type and shape, is elided, and leaves no tensor behind", async ({ skip }) => {
    const ready = await kernel.run(`import { createRequire } from "node:module";
const load = createRequire(${JSON.stringify(__filename)}) as any;
${backends[backend]}
tf.getBackend()`);
    // TensorFlow's own library is not there for every machine.
    if (ready.status === "error" && backend === "tensorflow") skip();
    expect(content(ready, "execute_result")?.data).toEqual({ "text/plain": `'${backend}'` });
    await kernel.run("const tensors = () => tf.memory().numTensors as number;\nlet before = tensors();");
    const small = await shown("const t = tf.tensor2d([[1, 2.5], [-3, 4]]); t");
    expect(small["text/plain"]).toBe("Tensor float32 [2, 2]\n[[ 1.0000,  2.5000],\n [-3.0000,  4.0000]]");
    expect(tableIn(small).caption).toBe("Tensor float32 [2, 2]");
    expect((await shown("tf.scalar(3, 'int32')"))["text/plain"]).toBe("Tensor int32 []\n3");
    expect((await shown("tf.tensor1d([true, false], 'bool')"))["text/plain"]).toBe(
      "Tensor bool [2]\n[ true, false]",
    );
    expect(tableIn(await shown(`tf.tensor1d([${JSON.stringify(hostile)}])`)).cells[0]![0]).toContain(
      "<script>",
    );
    expect((await shown("tf.zeros([3, 0])"))["text/plain"]).toMatch(/^Tensor float32 \[3, 0\]/);
    expect(tableIn(await shown("tf.zeros([9, 9, 2, 3])")).caption).toBe(
      "Tensor float32 [9, 9, 2, 3]: [0, 0, :, :]",
    );
    expect((await shown("t.dispose(); t"))["text/plain"]).toBe("Tensor float32 [2, 2], disposed");
    // Six tensors were made and one let go; showing them made none.
    expect((await shown("tensors() - before"))["text/plain"]).toBe("5");
  }, 60_000);

  test("of a hundred megabytes is not copied to be shown", async ({ skip }) => {
    const loaded = await kernel.run("tf.getBackend()");
    if (JSON.stringify(content(loaded, "execute_result"))?.includes(backend) !== true) skip();
    const bundle =
      await shown(`const huge = tf.tidy(() => tf.range(0, 5000).reshape([5000, 1]).add(tf.zeros([1, 5000])));
const dataSync = huge.constructor.prototype.dataSync;
let read = 0;
huge.constructor.prototype.dataSync = function (...rest: unknown[]) {
  read += (this as any).size;
  return dataSync.apply(this, rest);
};
before = tensors();
huge`);
    expect(bundle["text/plain"]).toMatch(/^Tensor float32 \[5000, 5000\]\n/);
    expect(tableIn(bundle).cells.map((row) => row[0])).toEqual([
      ...["0", "1", "2", "3", "4", "⋮", "4995", "4996", "4997", "4998", "4999"],
    ]);
    expect(
      (await shown("huge.constructor.prototype.dataSync = dataSync; [read, tensors() - before]"))[
        "text/plain"
      ],
    ).toBe("[ 100, 0 ]");
    await kernel.run("huge.dispose()");
  }, 60_000);
});

describe("a frame of danfo.js", () => {
  test("is a table with the columns' types, and danfo's own text", async () => {
    const bundle = await shown(`import { createRequire as requireFrom } from "node:module";
const dfd = requireFrom(${JSON.stringify(__filename)})("danfojs-node") as any;
new dfd.DataFrame({ name: ["<b>", "y"], value: [1.5, 2] }, { index: ["r1", "r2"] })`);
    expect(bundle["text/plain"]).toContain("║");
    const { caption, columns, labels, cells } = tableIn(bundle);
    expect({ caption, columns, labels }).toEqual({
      caption: "2 rows × 2 columns",
      columns: ["name (string)", "value (float32)"],
      labels: ["r1", "r2"],
    });
    expect(cells).toEqual([
      ["<b>", "1.5"],
      ["y", "2"],
    ]);
    expect(tableIn(await shown("new dfd.Series([1, 2, 3])")).cells).toEqual([["1"], ["2"], ["3"]]);
  }, 60_000);
});

describe("a map", () => {
  test("is a table of its values by key", async () => {
    const bundle = await shown('new Map<string, unknown>([["a", 1], ["<b>", [2]]])');
    expect(bundle["text/plain"]).toBe("Map(2) { 'a' => 1, '<b>' => [ 2 ] }");
    const { caption, columns, labels, cells } = tableIn(bundle);
    expect({ caption, columns, labels }).toEqual({
      caption: "Map, 2 entries",
      columns: ["value"],
      labels: ["a", "<b>"],
    });
    expect(cells).toEqual([["1"], ["[ 2 ]"]]);
  });

  test("of objects has their properties as columns", async () => {
    const { columns, cells } = tableIn(await shown('new Map([["k", { x: 1, y: 2 }]])'));
    expect(columns).toEqual(["x", "y"]);
    expect(cells).toEqual([["1", "2"]]);
  });
});
