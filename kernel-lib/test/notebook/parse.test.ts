import { describe, expect, test } from "vitest";
import { NotebookFormatError, parseNotebook } from "../../src/notebook/parse";

const cell = { cell_type: "code", id: "a", metadata: {}, execution_count: null, outputs: [], source: "1" };
const file = (change: Record<string, unknown> = {}, cells: unknown[] = [cell]) =>
  JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5, ...change });
const withOutput = (output: unknown) => file({}, [{ ...cell, outputs: [output] }]);

describe("parseNotebook", () => {
  test("joins lists of lines, and leaves JSON types alone", () => {
    const data = {
      "text/html": ["<b>\n", "</b>"],
      "application/vnd.plotly.v1+json": ["a", "b"],
      "application/json": ["c"],
    };
    const { cells } = parseNotebook(
      file({}, [
        { ...cell, source: ["a\n", "b"], outputs: [{ output_type: "display_data", data, metadata: {} }] },
        { cell_type: "markdown", id: "m", metadata: { tags: ["t"] }, source: [] },
      ]),
      "x.ipynb",
    );
    expect(cells[0]).toMatchObject({
      source: "a\nb",
      outputs: [{ data: { ...data, "text/html": "<b>\n</b>" } }],
    });
    expect(cells[1]).toEqual({ cell_type: "markdown", id: "m", metadata: { tags: ["t"] }, source: "" });
  });

  test("gives a cell of an older nbformat an id by its position", () => {
    const { id, ...old } = cell;
    expect(parseNotebook(file({ nbformat_minor: 2 }, [old, old]), "x.ipynb").cells.map((c) => c.id)).toEqual([
      "cell-1",
      "cell-2",
    ]);
  });

  const { outputs, ...withoutOutputs } = cell;
  test.each([
    ["no JSON", "{", /^x\.ipynb: expected JSON, got "/],
    ["a list", "[]", /^x\.ipynb: the notebook: expected an object, got \[\]/],
    ["nbformat 3", file({ nbformat: 3 }), /^x\.ipynb: nbformat: expected 4, got 3/],
    ["no nbformat", file({ nbformat: undefined }), /^x\.ipynb: nbformat: expected 4, got nothing/],
    ["no cells", file({ cells: {} }), /^x\.ipynb: cells: expected a list, got \{\}/],
    ["no metadata", file({ metadata: null }), /^x\.ipynb: metadata: expected an object, got null/],
    [
      "a code cell without outputs",
      file({}, [cell, { ...withoutOutputs, id: "b" }]),
      /^x\.ipynb: cell 2: outputs: expected a list, got nothing/,
    ],
    [
      "an unknown kind of cell",
      file({}, [{ ...cell, cell_type: "heading" }]),
      /cell 1: cell_type: expected "code", "markdown" or "raw", got "heading"/,
    ],
    [
      "a source of numbers",
      file({}, [{ ...cell, source: [1] }]),
      /cell 1: source: expected lines, got \[1\]/,
    ],
    [
      "tags that are no list",
      file({}, [{ ...cell, metadata: { tags: "a" } }]),
      /cell 1: metadata\.tags: expected a list of strings, got "a"/,
    ],
    ["one id twice", file({}, [cell, cell]), /cell 2: id: expected one of its own, got "a"/],
    ["an id with a blank", file({}, [{ ...cell, id: "a b" }]), /cell 1: id: expected 1 to 64 letters/],
    [
      "an unknown output",
      withOutput({ output_type: "pyout" }),
      /cell 1: output 1: output_type: expected one of stream, /,
    ],
    [
      "a stream without a name",
      withOutput({ output_type: "stream", text: "" }),
      /cell 1: output 1: name: expected a string, got nothing/,
    ],
    [
      "a display without data",
      withOutput({ output_type: "display_data", metadata: {} }),
      /cell 1: output 1: data: expected an object, got nothing/,
    ],
    [
      "a fraction as count",
      file({}, [{ ...cell, execution_count: 1.5 }]),
      /cell 1: execution_count: expected an integer or null, got 1.5/,
    ],
  ])("refuses %s, naming the file and the place", (_, text, expected) => {
    expect(() => parseNotebook(text, "x.ipynb")).toThrow(NotebookFormatError);
    expect(() => parseNotebook(text, "x.ipynb")).toThrow(expected);
  });
});
