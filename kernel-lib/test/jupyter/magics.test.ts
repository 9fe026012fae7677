import { describe, expect, test } from "vitest";
import { content, result, text, traceback, types, useKernel } from "./kernel";

const kernel = useKernel();
const TIMES = /^CPU times: user .+, sys: .+, total: .+\nWall time: [\d.]+ (ns|μs|ms|s)\n$/;

describe("%time", () => {
  test("shows how long a statement took, and its result", async () => {
    const timed = await kernel.run("%time 1 + 1");
    expect(text(timed)).toMatch(TIMES);
    expect(result(timed)).toBe("2");
    expect(types(timed)).toEqual(["stream", "execute_result"]);
  });

  test("keeps what the statement declares, and may stand between others", async () => {
    const timed = await kernel.run(
      'const n = 20\n%time const waited = await new Promise<number>((done) => setTimeout(done, n, n))\nconsole.log("after", waited)\nwaited',
    );
    expect(text(timed)).toMatch(/^CPU times.*\nWall time.*\nafter 20\n$/);
    expect(result(timed)).toBe("20");
    const wall = /Wall time: ([\d.]+) (ms|s)/.exec(text(timed))!;
    expect(Number(wall[1]) * (wall[2] === "s" ? 1000 : 1)).toBeGreaterThanOrEqual(19);
    expect(result(await kernel.run("waited + n"))).toBe("40");
  });

  test("measures the processor's time too", async () => {
    const timed = await kernel.run(
      "%time { const end = process.cpuUsage().user + 60_000; while (process.cpuUsage().user < end); }",
    );
    const total = /total: ([\d.]+) (ms|s)/.exec(text(timed))!;
    expect(Number(total[1]) * (total[2] === "s" ? 1000 : 1)).toBeGreaterThanOrEqual(59);
  });

  test("shows no time of a statement that fails, nor runs what follows", async () => {
    const failed = await kernel.run('%time throw new Error("no")\nconsole.log("on")');
    expect(failed.reply.ename).toBe("Error");
    expect(text(failed)).toBe("");
  });
});

describe("%%time", () => {
  test("times the whole cell, with line magics in it", async () => {
    const timed = await kernel.run('%%time\nconst inner = 1;\n%time inner + 1\n"end"');
    expect(text(timed).match(/Wall time/g)).toHaveLength(2);
    expect(result(timed)).toBe("'end'");
  });

  test("of a cell without code shows nothing else", async () => {
    expect(text(await kernel.run("%%time\n"))).toBe("");
  });
});

describe("errors in a cell with magics", () => {
  test("of types come before anything runs, at their own line and column", async () => {
    const rejected = await kernel.run('console.log("ran")\n%who\n%time const y: number = "s"');
    const at = `cell[${rejected.executionCount}]:3:13`;
    expect(rejected.reply.evalue).toContain(`${at} - error TS2322`);
    expect(traceback(rejected)).toContain('> 3 | %time const y: number = "s"\n    |             ^');
    expect(text(rejected)).toBe("");
  });

  test("at run time point at the cell's own lines, also in a function that a later cell calls", async () => {
    const made = await kernel.run('%who\nconst fails = () => {\n  throw new Error("late");\n};\n%time 1');
    const at = `cell[${made.executionCount}]:3:9`;
    const failed = await kernel.run("%time 1\nfails()");
    expect(traceback(failed)).toContain(at);
    expect(traceback(failed)).toContain('> 3 |   throw new Error("late");');
    expect(traceback(failed)).toContain(`cell[${failed.executionCount}]:2:1`);
    const thrown = await kernel.run('%%time\n\nthrow new Error("here");');
    expect(traceback(thrown)).toContain(`cell[${thrown.executionCount}]:3:7`);
    expect(traceback(thrown)).toContain("  1 | %%time");
  });

  test("of the magic itself point at it", async () => {
    const unknown = await kernel.run("const before = 1;\n  %nope");
    expect(unknown.reply.evalue).toMatch(
      /^cell\[\d+\]:2:3 - error: there is no magic %nope\. There are %time/,
    );
    expect(result(await kernel.run("typeof before"))).toContain("TypeScriptError");
  });
});

describe("a magic in a place that is none for it", () => {
  test.each([
    ["in a block", "let n = 1;\nif (n) {\n  %time n++\n}", "%time"],
    ["behind other code", "1; %who", "%who"],
    ["behind an expression in a block", "{\n  1\n  %who\n}", "%who"],
    ["with two signs in a block", "if (1) {\n%%html\n}", "%%html"],
  ])("%s is refused, with its name and its place", async (_, code, name) => {
    await kernel.run("%reset -f");
    const refused = await kernel.run(code);
    expect(refused.reply.evalue).toContain(
      `If ${name} is meant as a magic: it must stand at the beginning of a line at the top of the cell`,
    );
  });

  test("is not what a type error behind a magic in its place is about", async () => {
    for (const code of ["%time const s: string = 1", "%%time\n%time const s: string = 1"])
      expect((await kernel.run(code)).reply.evalue).not.toContain("is meant as");
  });
});

describe("a cell that is shown as a whole", () => {
  test.each([
    ["%%html", "text/html"],
    ["%%markdown", "text/markdown"],
    ["%%latex", "text/latex"],
    ["%%svg", "image/svg+xml"],
  ])("%s shows it as %s", async (magic, mimeType) => {
    const body = "<b>const x = ;</b>\n%who ]]> नमस्ते";
    const shown = await kernel.run(`${magic}\n${body}`);
    expect(content(shown, "display_data")?.data).toEqual({ [mimeType]: body, "text/plain": body });
    expect(types(shown)).toEqual(["display_data"]);
  });
});

describe("%who", () => {
  test("lists names with the checker's types and short values", async () => {
    await kernel.run("%reset -f");
    await kernel.run(
      "class Point { constructor(readonly x: number) {} }\ninterface Shape { area: number }\nlet p: Point | undefined = new Point(3);",
    );
    await kernel.run('const rows = [{ a: 1, "<b>": 2 }];\nconst scale = async (v: number[]) => v;');
    const shown = await kernel.run("const long = 'x'.repeat(200)\n%who");
    const data = content(shown, "display_data")?.data as Record<string, string>;
    const columns = data["text/plain"]!.split("\n").map((line) => line.split(/ {2,}/));
    expect(columns).toHaveLength(6);
    expect(columns).toEqual(
      expect.arrayContaining([
        ["name", "type", "value"],
        ["p", "Point | undefined", "Point { x: 3 }"],
        ["Point", "typeof Point", "[class Point]"],
        ["rows", expect.stringContaining("a: number"), "1 row × 2 columns"],
        ["scale", "(v: number[]) => Promise<number[]>", "[AsyncFunction: scale]"],
        ["long", "string", expect.stringMatching(/^'x{50,}…$/)],
      ]),
    );
    expect(data["text/html"]).toContain('<th scope="row">p</th>');
    expect(data["text/html"]).not.toContain("<b>");
  });

  test("leaves out names without a value", async () => {
    await kernel.run('import type { Stats } from "node:fs";');
    await kernel.run('throw new Error("stop");\nlet unset = 5;');
    const data = content(await kernel.run("%who"), "display_data")?.data as Record<string, string>;
    expect(data["text/plain"]).not.toMatch(/unset|Stats/);
  });
});

describe("%reset", () => {
  test("forgets names and values when the user agrees", async () => {
    await kernel.run("let kept = { big: 1 }; const read = () => kept;\n(globalThis as any).read = read;");
    const questions: string[] = [];
    const answered = (answer: string) =>
      kernel.run("%reset", {
        onInput: (question) => {
          questions.push(question);
          return answer;
        },
      });
    expect(text(await answered(""))).toBe("Nothing was reset.\n");
    expect(result(await kernel.run("kept.big"))).toBe("1");
    expect((await answered("y")).status).toBe("ok");
    expect(questions[0]).toContain("(y/[n])");
    expect(result(await kernel.run("kept"))).toContain("Cannot find name 'kept'");
    expect(result(await kernel.run("String((globalThis as any).read())"))).toBe("'undefined'");
    expect(content(await kernel.run("%who"), "display_data")?.data).toEqual({
      "text/plain": "There are no variables.",
    });
  });

  test("does not ask with -f, and is refused where it cannot ask", async () => {
    await kernel.run("let once = 1;");
    const refused = await kernel.run("%reset", { allowStdin: false });
    expect(refused.reply.evalue).toContain("write %reset -f");
    expect(result(await kernel.run("once"))).toBe("1");
    expect((await kernel.run("%reset -f", { allowStdin: false })).status).toBe("ok");
    expect(result(await kernel.run('const once = "new"; once'))).toBe("'new'");
  });
});

describe("shell commands", () => {
  test("are off, and the error says how to switch them on", async () => {
    for (const command of ["!npm install x", "!ls", "!ls -la | head"]) {
      const refused = await kernel.run(command);
      expect(refused.status).toBe("error");
      expect(refused.reply.evalue).toContain("TYPESCRIPT_KERNEL_SHELL=1");
    }
    expect(result(await kernel.run("!true"))).toBe("false");
    expect((await kernel.run("!ls")).reply.evalue).toMatch(/^cell\[\d+\]:1:2 - /);
  });
});

describe("help while writing", () => {
  test("completes the names of magics where one may stand", async () => {
    const at = async (code: string) => {
      const { matches, cursor_start } = await kernel.client.complete(code);
      return { matches: matches as string[], start: cursor_start };
    };
    expect(await at("%wh")).toEqual({ matches: ["%who"], start: 0 });
    expect(await at("const a = 1;\n  %wh")).toEqual({ matches: ["%who"], start: 15 });
    expect((await at("%")).matches).toEqual(expect.arrayContaining(["%time", "%%time", "%%html"]));
    expect((await at("%%")).matches).not.toContain("%time");
    expect((await at("f();\n%%h")).matches).not.toContain("%%html");
    expect((await at("const s = `\n%wh")).matches).not.toContain("%who");
  });

  test("completes and inspects TypeScript behind and below a magic", async () => {
    expect((await kernel.client.complete("%time Math.hyp")).matches).toEqual(["hypot"]);
    expect((await kernel.client.complete("%%time\nconst x = [1];\nx.toSor")).matches).toContain("toSorted");
    const found = await kernel.client.inspect("%%time\nMath.hypot");
    expect((found.data as Record<string, string>)["text/plain"]).toContain("hypot(");
  });

  test("explains a magic, in the tooltip and with a question mark", async () => {
    const found = await kernel.client.inspect("%who", 2);
    expect((found.data as Record<string, string>)["text/plain"]).toContain("Lists the names");
    const asked = await kernel.run("%time?");
    expect(JSON.stringify(asked.reply.payload)).toContain("%time STATEMENT");
  });

  test("tells a console when a cell is complete", async () => {
    const complete = async (code: string) => (await kernel.client.isComplete(code)).status;
    expect(await complete("%who")).toBe("complete");
    expect(await complete("%time f({")).toBe("incomplete");
    expect(await complete("%%html\n<b>")).toBe("incomplete");
    expect(await complete("%%html\n<b>\n")).toBe("complete");
    expect(await complete("%nope")).toBe("invalid");
  });
});
