import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Cell, CodeCell, Notebook } from "../../src/notebook/nbformat";
import { parseNotebook } from "../../src/notebook/parse";
import { serializeNotebook } from "../../src/notebook/serialize";
import { code, markdown, notebook } from "./make";

const CLI = resolve(__dirname, "../../dist/notebook/cli.js");
const PLOTLY = "application/vnd.plotly.v1+json";
const MINUTES = 60_000;

/** Starts the command as scripts/notebooks.mjs does. */
function start(words: string[], env: Record<string, string> = {}): ChildProcess {
  const program = `require(${JSON.stringify(CLI)}).main(process.argv.slice(1)).then((code) => process.exit(code))`;
  return spawn(process.execPath, ["-e", program, "--", ...words], { env: { ...process.env, ...env } });
}

async function run(
  words: string[],
  env: Record<string, string> = {},
): Promise<{ status: number; output: string }> {
  const child = start(words, env);
  let output = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const [status] = (await once(child, "close")) as [number];
  return { status, output };
}

function save(content: Notebook | string, folder = mkdtempSync(join(tmpdir(), "notebooks-"))): string {
  const file = join(folder, `${readdirSync(folder).length + 1}-test.ipynb`);
  writeFileSync(file, typeof content === "string" ? content : serializeNotebook(content));
  return file;
}

const read = (file: string): Notebook => parseNotebook(readFileSync(file, "utf8"), file);
const codeCells = (file: string) =>
  read(file).cells.filter((cell: Cell): cell is CodeCell => cell.cell_type === "code");
const edit = (file: string, from: string | RegExp, to: string) => {
  const text = readFileSync(file, "utf8");
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
};

const FIGURE = `const bundle = (y: number[]) => ({
  [Symbol.for("Jupyter.display")]: () => ({
    "${PLOTLY}": { data: [{ type: "scatter", y }], layout: { title: { text: "A loss" } } },
    "text/plain": "A loss",
  }),
});
bundle([3, 2, 1])`;

const lesson = notebook([
  markdown("# A lesson\n\n## Printing"),
  code('console.log("one");\nconsole.error("two");\nconsole.log("three")'),
  code("   "),
  code("let total = 6 * 7;\ntotal"),
  markdown("## Showing"),
  code('display("0 %", { id: "progress" });'),
  code('display("100 %", { id: "progress", update: true });\nclearOutput();\ndisplay("done");'),
  code(FIGURE),
  markdown("## Failing"),
  code('throw new RangeError("too far");', { tags: ["raises-exception"] }),
  code("console.log(total, performance.now());", { tags: ["volatile"] }),
]);

describe("npm run notebooks", { timeout: 2 * MINUTES }, () => {
  test("saves outputs, and a check of what it saved passes; each change is found", async () => {
    const file = save(lesson);
    expect(await run([file])).toMatchObject({ status: 0, output: expect.stringContaining(`✓ `) });
    const cells = codeCells(file);
    expect(cells.map(({ execution_count }) => execution_count)).toEqual([1, null, 2, 3, 4, 5, 6, 7]);
    expect(cells[0]!.outputs).toEqual([
      { output_type: "stream", name: "stdout", text: "one\n" },
      { output_type: "stream", name: "stderr", text: "two\n" },
      { output_type: "stream", name: "stdout", text: "three\n" },
    ]);
    expect(cells[2]!.outputs).toEqual([
      { output_type: "execute_result", execution_count: 2, data: { "text/plain": "42" }, metadata: {} },
    ]);
    expect(JSON.stringify(cells[3]!.outputs)).toContain("100 %");
    expect(cells[4]!.outputs).toHaveLength(1);
    const [figure] = cells[5]!.outputs;
    expect(Object.keys((figure as { data: object }).data).sort()).toEqual(
      [PLOTLY, "image/png", "text/plain"].sort(),
    );
    expect(cells[6]!.outputs).toMatchObject([
      { output_type: "error", ename: "RangeError", evalue: "too far" },
    ]);
    const { kernelspec, language_info, ...rest } = read(file).metadata;
    expect(kernelspec).toEqual({ name: "typescript", display_name: "TypeScript", language: "typescript" });
    expect(language_info).toMatchObject({ name: "typescript", file_extension: ".ts" });
    expect(rest).toEqual({});

    expect(await run(["--check", file])).toMatchObject({ status: 0 });

    const committed = readFileSync(file, "utf8");
    edit(file, '"three\\n"', '"3\\n"');
    edit(file, /"y": \[\s*3,/, '"y": [4,');
    const { status, output } = await run([file, "--check"]);
    expect(status).toBe(1);
    expect(output).toMatch(/cell 2 \(under "Printing"\), output 3\n\s+line 1\n\s+- 3\n\s+\+ three\n/);
    expect(output).toMatch(
      /cell 8 \(under "Showing"\), output 1, application\/vnd\.plotly\.v1\+json\n\s+data\[0\]\.y\[0\]: expected 4, came 3\n/,
    );
    expect(output).toContain("2 differences");

    writeFileSync(file, committed);
    edit(file, /"image\/png": "[^"]{20}/, '"image/png": "AAAAAAAAAAAAAAAAAAAA');
    expect((await run([file, "--check"])).output).toMatch(/cell 8 .*image\/png\n\s+static picture differs/);
  });

  test("executing again changes nothing in the file", async () => {
    const file = save(notebook([code("[1, 2].map((x) => x / 3)"), code('console.log("a")')]));
    await run([file]);
    const first = readFileSync(file, "utf8");
    await run([file]);
    expect(readFileSync(file, "utf8")).toBe(first);
  });

  test("a failing cell is shown with its error, the file stays as it was, the other notebooks still run", async () => {
    const folder = mkdtempSync(join(tmpdir(), "notebooks-"));
    const failing = save(
      notebook([
        markdown("# Sums"),
        code("console.log(1)"),
        code('throw new Error("wrong sum")'),
        code("console.log(2)"),
      ]),
      folder,
    );
    const mistyped = save(notebook([code('const n: number = "a";')]), folder);
    const sound = save(notebook([code("console.log(3)")]), folder);
    const before = readFileSync(failing, "utf8");
    const { status, output } = await run([failing, mistyped, sound]);
    expect(status).toBe(1);
    expect(output).toContain('cell 3 (under "Sums") failed: Error: wrong sum');
    expect(output).toMatch(/cell 1 failed: .*TS2322/);
    expect(output).toMatch(/3 notebooks in .* 2 failed: /);
    expect(readFileSync(failing, "utf8")).toBe(before);
    expect(codeCells(sound)[0]!.outputs).toHaveLength(1);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  test("a cell that takes too long is named", async () => {
    const file = save(notebook([markdown("# Waiting"), code("await new Promise(() => {});")]));
    const before = readFileSync(file, "utf8");
    const { status, output } = await run([file, "--timeout", "1"]);
    expect(status).toBe(1);
    expect(output).toContain('cell 2 (under "Waiting") failed: execute_request: no reply within 1 s');
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  test("broken files are named, each with what is wrong", async () => {
    const unknown = save({ ...notebook([]), metadata: { kernelspec: { name: "python3" } } });
    const { status, output } = await run([save("{"), save("{}"), unknown]);
    expect(status).toBe(1);
    expect(output).toContain("1-test.ipynb: expected JSON, got");
    expect(output).toContain("1-test.ipynb: nbformat: expected 4, got nothing");
    expect(output).toContain('metadata.kernelspec.name: expected one of typescript, tslab, got "python3"');
  });

  test("a wrong command line ends with 2 and the usage", async () => {
    const { status, output } = await run(["--chek"]);
    expect(status).toBe(2);
    expect(output).toContain("npm run notebooks -- [NN…");
  });

  test("--kernel tslab runs every cell in stock tslab, and neither saves nor compares", async () => {
    const file = save(
      notebook([
        code("console.log(1)"),
        code('throw new Error("expected")', { tags: ["raises-exception"] }),
        code("console.log(2)", { outputs: [{ output_type: "stream", name: "stdout", text: "other\n" }] }),
      ]),
    );
    const before = readFileSync(file, "utf8");
    for (const words of [[], ["--check"]])
      expect(await run([file, "--kernel", "tslab", ...words])).toMatchObject({ status: 0 });
    expect(readFileSync(file, "utf8")).toBe(before);
    const failing = save(notebook([code('throw new Error("no such luck")')]));
    expect(await run([failing, "--kernel", "tslab"])).toMatchObject({
      status: 1,
      output: expect.stringContaining("Error: no such luck"),
    });
  });

  test.each([
    ["kill -9", "SIGKILL", null],
    ["Ctrl-C", "SIGINT", 130],
  ] as const)("after %s the file is whole and no kernel is left", async (_, signal, expected) => {
    const ready = join(mkdtempSync(join(tmpdir(), "ready-")), "pid");
    const file = save(
      notebook([
        code("console.log(1)"),
        code(
          `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(ready)}, String(process.pid));\nfor (;;);`,
        ),
      ]),
    );
    const before = readFileSync(file, "utf8");
    const child = start([file]);
    const closed = once(child, "exit");
    while (!existsSync(ready) && child.exitCode === null) await new Promise((tick) => setTimeout(tick, 50));
    const pid = Number(readFileSync(ready, "utf8"));
    child.kill(signal);
    const [status] = (await closed) as [number | null];
    expect(status).toBe(expected);
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 5000 }).toBe(false);
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(readdirSync(join(file, ".."))).toHaveLength(1);
  });
});
