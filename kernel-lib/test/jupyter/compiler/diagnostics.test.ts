import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messages, Notebook } from "./notebook";

let notebook: Notebook;
beforeAll(async () => {
  notebook = await Notebook.open();
});
afterAll(() => notebook.close());

const rejected = async (code: string) => {
  const outcome = await notebook.run(code);
  if (!outcome.rejected) throw new Error(`the cell ran: ${code}`);
  return outcome.rejected;
};

describe("a type error", () => {
  test("stops the cell before anything of it runs", async () => {
    await notebook.run("let touched = false");
    await rejected("touched = true; const text: string = 1");
    expect(await notebook.value("touched")).toBe(false);
  });

  test("has its line, column, length and code frame", async () => {
    const { ename, diagnostics } = await rejected("const a = 1;\n\tconst b: string = a;\nb");
    expect(ename).toBe("TypeScriptError");
    const [error] = diagnostics;
    expect(error).toMatchObject({ code: 2322, line: 2, column: 8, length: 1 });
    expect(error!.location).toMatch(/^cell\[\d+\]:2:8$/);
    expect(error!.frame).toBe("  1 | const a = 1;\n> 2 | \tconst b: string = a;\n    | \t      ^\n  3 | b");
  });

  test("columns count UTF-16 code units", async () => {
    const { diagnostics } = await rejected("const s = '🙂é'; s.nothing");
    expect(diagnostics[0]).toMatchObject({ line: 1, column: 20, length: 7 });
  });

  test("lines may end in every way", async () => {
    const { diagnostics } = await rejected("1;\r\n2;\r\nlet n: number = ''");
    expect(diagnostics[0]).toMatchObject({ line: 3, column: 5 });
    expect(diagnostics[0]!.frame).toContain("> 3 | let n: number = ''");
  });

  test("suggests what may be meant", async () => {
    expect(messages(await rejected("Math.maxx(1)"))[0]).toMatch(/Did you mean 'max'\?/);
  });

  test("all are reported in the order of their places", async () => {
    const { diagnostics } = await rejected("let p: string = 1;\nunknownName;\nlet q: number = '';");
    expect(diagnostics.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  test("at most 20 are shown, and all are counted", async () => {
    const { diagnostics, total } = await rejected(
      Array.from({ length: 25 }, (_, i) => `missing${i};`).join("\n"),
    );
    expect(diagnostics).toHaveLength(20);
    expect(total).toBe(25);
  });

  test("of a name whose cell did not run names that cell", async () => {
    await rejected("const step = 1; const wrong: string = step");
    const [message] = messages(await rejected("step + 1"));
    expect(message).toMatch(
      /Cannot find name 'step'\. cell\[\d+\] would have defined it, but stopped with a type error\./,
    );
    await notebook.run("const step = 1");
    expect(await notebook.value("step + 1")).toBe(2);
  });

  test("implicit any, null and unused variables: strict, but tolerant of unfinished work", async () => {
    expect(messages(await rejected("function f(x) { return x }"))[0]).toMatch(/TS7006/);
    expect(messages(await rejected("const maybe = [1].find(x => x > 1); maybe.toFixed()"))[0]).toMatch(
      /TS18048/,
    );
    expect(await notebook.value("function unused(a: number) { const b = 1 } 1")).toBe(1);
  });
});

describe("a syntax error", () => {
  test("is a SyntaxError with its place", async () => {
    const { ename, diagnostics } = await rejected("let ok = 1;\nconst = 7q");
    expect(ename).toBe("SyntaxError");
    expect(diagnostics[0]).toMatchObject({ line: 2, column: 7 });
    expect(diagnostics.every(({ code }) => code < 2000)).toBe(true);
  });

  test("at the end of the code lies in the code", async () => {
    const { diagnostics } = await rejected("f(1,\n");
    expect(diagnostics[0]!.frame).toMatch(/\^/);
  });

  test("JSX says that cells have none", async () => {
    const { ename, diagnostics } = await rejected("const el = <div class='a'>text</div>");
    expect(ename).toBe("SyntaxError");
    expect(diagnostics[0]!.message).toMatch(/JSX is not supported in cells/);
  });

  test("the next cell works", async () => {
    expect(await notebook.value("1 + 1")).toBe(2);
  });
});
