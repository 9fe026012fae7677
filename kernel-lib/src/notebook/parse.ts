import type { Cell, CodeCell, MimeBundle, Notebook, Output } from "./nbformat";

type Fields = Record<string, unknown>;
const OUTPUT_TYPES = ["stream", "display_data", "execute_result", "error"];

/** The text is no notebook. The message names the file, the cell (counted from 1), the field, what was expected and what came. */
export class NotebookFormatError extends Error {
  override readonly name = "NotebookFormatError";
}

/**
 * Reads the text of an .ipynb file of nbformat 4. Lists of lines become strings; a cell without an id (before
 * nbformat 4.5) gets one made from its position.
 * @throws NotebookFormatError
 */
export function parseNotebook(text: string, file: string): Notebook {
  const root = new Checker(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return root.fail("expected JSON", (error as Error).message);
  }
  const { nbformat, nbformat_minor, metadata, cells } = root.object(json, "the notebook");
  if (nbformat !== 4) root.fail("nbformat: expected 4", nbformat);
  if (!Number.isInteger(nbformat_minor)) root.fail("nbformat_minor: expected an integer", nbformat_minor);
  const ids = new Set<string>();
  return {
    cells: root.array(cells, "cells").map((cell, index) => {
      const parsed = parseCell(cell, index, new Checker(`${file}: cell ${index + 1}`));
      if (ids.has(parsed.id)) root.fail(`cell ${index + 1}: id: expected one of its own`, parsed.id);
      ids.add(parsed.id);
      return parsed;
    }),
    metadata: root.object(metadata, "metadata"),
    nbformat: 4,
    nbformat_minor: nbformat_minor as number,
  };
}

function parseCell(value: unknown, index: number, check: Checker): Cell {
  const { cell_type, id = `cell-${index + 1}`, source, metadata, ...rest } = check.object(value, "the cell");
  if (typeof id !== "string" || !/^[\w-]{1,64}$/.test(id))
    check.fail("id: expected 1 to 64 letters, digits, - or _", id);
  const { tags } = check.object(metadata, "metadata");
  if (tags !== undefined && !(Array.isArray(tags) && tags.every((tag) => typeof tag === "string")))
    check.fail("metadata.tags: expected a list of strings", tags);
  const common = { id: id as string, source: check.text(source, "source"), metadata: metadata as Fields };
  switch (cell_type) {
    case "code":
      return { ...common, cell_type, ...parseExecution(rest, check) };
    case "markdown":
    case "raw":
      if (rest.attachments === undefined) return { ...common, cell_type };
      return { ...common, cell_type, attachments: parseAttachments(rest.attachments, check) };
    default:
      return check.fail('cell_type: expected "code", "markdown" or "raw"', cell_type);
  }
}

function parseExecution(
  { execution_count = null, outputs }: Fields,
  check: Checker,
): Pick<CodeCell, "execution_count" | "outputs"> {
  if (execution_count !== null && !Number.isInteger(execution_count))
    check.fail("execution_count: expected an integer or null", execution_count);
  return {
    execution_count: execution_count as number | null,
    outputs: check
      .array(outputs, "outputs")
      .map((output, i) => parseOutput(output, check.at(`output ${i + 1}`))),
  };
}

function parseOutput(value: unknown, check: Checker): Output {
  const output = check.object(value, "the output");
  const string = (name: string): string =>
    typeof output[name] === "string" ? output[name] : check.fail(`${name}: expected a string`, output[name]);
  const display = () => ({
    data: joinBundle(check.object(output.data, "data")),
    metadata: check.object(output.metadata, "metadata"),
  });
  switch (output.output_type) {
    case "stream":
      return { output_type: "stream", name: string("name"), text: check.text(output.text, "text") };
    case "display_data":
      return { output_type: "display_data", ...display() };
    case "execute_result":
      return {
        output_type: "execute_result",
        ...display(),
        execution_count: (output.execution_count as number | undefined) ?? null,
      };
    case "error": {
      const traceback = check
        .array(output.traceback, "traceback")
        .map((line) => check.text(line, "traceback"));
      return { output_type: "error", ename: string("ename"), evalue: string("evalue"), traceback };
    }
    default:
      return check.fail(`output_type: expected one of ${OUTPUT_TYPES.join(", ")}`, output.output_type);
  }
}

function parseAttachments(value: unknown, check: Checker): Record<string, MimeBundle> {
  const entries = Object.entries(check.object(value, "attachments"));
  return Object.fromEntries(entries.map(([name, bundle]) => [name, joinBundle(check.object(bundle, name))]));
}

/** JSON types are values of their own; every other type is text, in the file often a list of lines. */
const isJsonType = (mimeType: string): boolean => /^application\/(.*\+)?json$/.test(mimeType);

function joinBundle(bundle: Fields): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([type, value]) => [
      type,
      !isJsonType(type) && Array.isArray(value) && value.every((line) => typeof line === "string")
        ? value.join("")
        : value,
    ]),
  );
}

class Checker {
  constructor(readonly where: string) {}

  at(place: string): Checker {
    return new Checker(`${this.where}: ${place}`);
  }

  fail(expected: string, got: unknown): never {
    const shown = got === undefined ? "nothing" : JSON.stringify(got).slice(0, 100);
    throw new NotebookFormatError(`${this.where}: ${expected}, got ${shown}`);
  }

  object(value: unknown, name: string): Fields {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
    return this.fail(`${name}: expected an object`, value);
  }

  array(value: unknown, name: string): unknown[] {
    return Array.isArray(value) ? value : this.fail(`${name}: expected a list`, value);
  }

  text(value: unknown, name: string): string {
    if (typeof value === "string") return value;
    const lines = this.array(value, `${name}: a string or lines`);
    return lines.every((line) => typeof line === "string")
      ? lines.join("")
      : this.fail(`${name}: expected lines`, value);
  }
}
