/** The prelude's files, as modules of the notebook's folder. */
const fileName = "__notebook_prelude";
export const globalsName = "__notebook_globals";

/** A part is closed when it is longer, in UTF-16 code units: a change is read from the part's start. */
const partLength = 8_192;

/** The globals that the kernel gives to cells. */
const kernelGlobals = `declare global {
  /**
   * Shows a value below the cell: a picture, a table, HTML, or its text. With \`raw\`, the value is a MIME bundle, such
   * as \`{ "text/html": "<b>x</b>" }\`. With an \`id\`, a later call with \`update\` replaces what is shown.
   */
  function display(value: unknown, options?: { id?: string; update?: boolean; metadata?: Record<string, unknown>; raw?: boolean }): void;
  /** Removes what the cell has shown; with \`wait\`, only when something new is shown. */
  function clearOutput(wait?: boolean): void;
  /** Asks the user for a line of text. */
  function prompt(message?: string, options?: { password?: boolean }): string;
}
export {};
`;

/**
 * The text of earlier cells' declarations: a list of modules that only grows at its end.
 *
 * Cells and parts import each part under a name of its own. One module that exported all parts again would make the
 * checker gather the names of all cells for each cell.
 */
export class Prelude {
  private readonly parts: string[] = [""];

  /** The files with their texts. */
  get files(): readonly (readonly [name: string, text: string])[] {
    const parts = this.parts.map(
      (text, part) => [`${fileName}_${part}.ts`, `${importsUpTo(part)}\n${text}`] as const,
    );
    return [[`${globalsName}.ts`, kernelGlobals], ...parts];
  }

  /** What makes all parts visible, on one line; it changes only where a part was begun. */
  get imports(): string {
    return importsUpTo(this.parts.length - 1);
  }

  /** The name of the part that the next text belongs to, as cells and all later parts see it. */
  begin(): string {
    if ((this.parts.at(-1) ?? "").length > partLength) this.parts.push("");
    return nameOf(this.parts.length - 1);
  }

  /** Adds text to the part that was begun last. */
  append(text: string): void {
    this.parts[this.parts.length - 1] += text;
  }
}

/** Whether cells see a part of the prelude under this name. */
export function isPart(name: string): boolean {
  return /^\$prelude\d+$/.test(name);
}

/** Whether a name, or a file's, is the kernel's own. */
export function isInternal(name: string): boolean {
  return isPart(name) || name.startsWith("__notebook_");
}

/** A text of the checker without the modules in which the prelude's namespaces are. */
export function withoutModules(text: string): string {
  return text.replace(/import\("[^"]*__notebook_\w+"\)\.|\$prelude\d+\./g, "");
}

function nameOf(part: number): string {
  return `$prelude${part}`;
}

function importsUpTo(last: number): string {
  const parts = Array.from({ length: last + 1 }, (_, part) => part);
  // `import * as` would make the checker read all names of each part for every cell, in search of a default export.
  const imports = parts.map((part) => `import ${nameOf(part)} = require("./${fileName}_${part}");`);
  return [`import "./${globalsName}";`, ...imports].join(" ");
}
