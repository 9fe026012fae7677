import type {
  Augmentation,
  CellSyntax,
  CopiedDeclaration,
  Declaration,
  ImportDeclaration,
  Meaning,
} from "./declarations";
import { distinctImport } from "./distinct-imports";
import { globalsName, isPart, Prelude } from "./prelude";
import type { VariableDeclaration } from "./variable-declarations";

/** What a name of an earlier cell is to a later one. */
interface Binding {
  readonly meaning: Meaning;
  /** Where the prelude declares it: the part, the cell's namespace unless it is an import, and its name there. */
  readonly path: string;
  readonly declare: "alias" | "let" | "const";
  /** The JSDoc comment of a variable; that of other declarations stands in the prelude. */
  readonly documentation?: string;
}

/** The type of a variable as text, or undefined where only its initializer says it. */
export type TypeTexts = ReadonlyMap<VariableDeclaration, string | undefined>;

/**
 * The names that a cell sees from earlier cells, and the prelude: the text that declares them.
 *
 * In the prelude, a cell's declarations are copied into a namespace of their own, `export namespace $3 { … }`, so
 * that a class which is declared again leaves the type of older instances as it is. ES imports stand outside the
 * namespaces, under names with a number. The header of a cell makes the newest declaration of each name visible under
 * its plain name.
 */
export class Scope {
  private readonly bindings = new Map<string, readonly Binding[]>();
  private readonly cells = new Map<string, number>();
  private blocks = 0;
  private readonly text = new Prelude();

  /** The prelude's files with their texts. */
  get prelude(): Prelude["files"] {
    return this.text.files;
  }

  /** The names of earlier cells. */
  names(): string[] {
    return [...this.bindings.keys()];
  }

  /** Those of the words that are names of earlier cells. */
  among(words: ReadonlySet<string>): ReadonlySet<string> {
    return new Set([...words].filter((word) => this.bindings.has(word)));
  }

  /** The names of a written type that mean in the prelude what they mean in the cell. */
  knows(name: string, cell: CellSyntax): boolean {
    return isPart(name) || (this.bindings.has(name) && cell.words.has(name));
  }

  /** The execution count of the cell whose declarations are in a namespace of the prelude. */
  cellOf(block: string): number | undefined {
    return this.cells.get(block);
  }

  /** One line before a cell's code, which declares the names of earlier cells that it uses and does not declare. */
  header(words: ReadonlySet<string>, cell?: CellSyntax): string {
    return this.headerOf(words, cell, declare);
  }

  /** The same in several lines, with the variables' documentation, for inspection. */
  documentedHeader(words: ReadonlySet<string>, cell: CellSyntax): string {
    return this.headerOf(words, cell, (name, binding) =>
      binding.documentation ? `\n${binding.documentation}${declare(name, binding)}` : declare(name, binding),
    );
  }

  private headerOf(
    words: ReadonlySet<string>,
    cell: CellSyntax | undefined,
    write: (name: string, binding: Binding) => string,
  ): string {
    const distinct = cell ? distinctImport(cell, globalsName) : "";
    const lines = this.visible(words, cell?.declarations ?? []).map(([name, binding]) =>
      write(name, binding),
    );
    // Directly after an import, completion would offer what may stand in one; so an empty statement comes last.
    return `${this.text.imports} ${distinct}${lines.join(" ")};\n`;
  }

  /** Adds a cell's declarations. */
  commit(cell: CellSyntax, count: number, types: TypeTexts): void {
    const declarations = cell.declarations;
    if (declarations.length === 0) return;
    this.blocks += 1;
    const block = `$${this.blocks}`;
    this.cells.set(block, count);
    const imports = declarations.filter((one): one is ImportDeclaration => one.kind === "import");
    const copied = declarations.filter((one): one is CopiedDeclaration => one.kind === "copied");
    const variables = declarations.filter((one): one is VariableDeclaration => one.kind === "variable");
    const augmentations = declarations.filter((one): one is Augmentation => one.kind === "augmentation");

    const part = this.text.begin();
    const lines: string[] = [
      ...imports.map((one) => importLine(one, `${one.name}${block}`)),
      ...augmentations.map(({ start, end }) => cell.code.slice(start, end)),
    ];
    if (copied.length + variables.length > 0) {
      const imported = imports.map((one) => `import ${one.name} = ${part}.${one.name}${block};`);
      const outer = this.visible(cell.words, declarations).map(([name, binding]) => declare(name, binding));
      lines.push(
        `export namespace ${block} {`,
        ...outer,
        ...imported,
        ...copied.map(
          (one) => `${documentation(cell, one.start)}export ${cell.code.slice(one.start, one.end)}`,
        ),
        ...variableLines(cell, variables, types),
        "}",
      );
    }
    this.text.append(`${lines.join("\n")}\n`);
    for (const one of imports) {
      this.bind(one.name, { meaning: "both", path: `${part}.${one.name}${block}`, declare: "alias" });
    }
    for (const [name, { meaning, how }] of own(copied, variables))
      this.bind(name, { meaning, path: `${part}.${block}.${name}`, declare: how });
    for (const { name, declarator } of variables)
      this.document(name, documentation(cell, declarator.statement.start));
  }

  /** Removes values of these names. */
  remove(names: Iterable<string>): void {
    for (const name of names) {
      const types = (this.bindings.get(name) ?? []).filter(({ meaning }) => meaning === "type");
      if (types.length > 0) this.bindings.set(name, types);
      else this.bindings.delete(name);
    }
  }

  private visible(words: ReadonlySet<string>, declarations: readonly Declaration[]): [string, Binding][] {
    const declared = new Map<string, Meaning[]>();
    for (const one of declarations) {
      if (one.kind === "augmentation") continue;
      const meaning = one.kind === "copied" ? one.meaning : one.kind === "variable" ? "value" : "both";
      declared.set(one.name, [...(declared.get(one.name) ?? []), meaning]);
    }
    const found: [string, Binding][] = [];
    for (const word of words) {
      for (const binding of this.bindings.get(word) ?? []) {
        if (!declared.get(word)?.some((meaning) => overlap(meaning, binding.meaning)))
          found.push([word, binding]);
      }
    }
    return found;
  }

  private document(name: string, documentation: string): void {
    const bindings = this.bindings.get(name) ?? [];
    this.bindings.set(
      name,
      bindings.map((binding) => (binding.meaning === "value" ? { ...binding, documentation } : binding)),
    );
  }

  /** A new declaration replaces those that mean the same kind of thing. */
  private bind(name: string, binding: Binding): void {
    const kept = (this.bindings.get(name) ?? []).filter((old) => !overlap(old.meaning, binding.meaning));
    this.bindings.set(name, [...kept, binding]);
  }
}

/** A cell's own names; a type and a value of the same name (a companion, an overload) go together. */
function own(copied: readonly CopiedDeclaration[], variables: readonly VariableDeclaration[]) {
  const names = new Map<string, { meaning: Meaning; how: "alias" | "let" | "const" }>();
  for (const { name, mutable } of variables)
    names.set(name, { meaning: "value", how: mutable ? "let" : "const" });
  for (const { name, meaning } of copied) {
    const before = names.get(name);
    names.set(name, { meaning: before && before.meaning !== meaning ? "both" : meaning, how: "alias" });
  }
  return names;
}

function overlap(a: Meaning, b: Meaning): boolean {
  return a === b || a === "both" || b === "both";
}

function declare(name: string, { path, declare: how }: Binding): string {
  return how === "alias" ? `import ${name} = ${path};` : `declare ${how} ${name}: typeof ${path};`;
}

function importLine({ imported, source, attributes, typeOnly }: ImportDeclaration, name: string): string {
  const from = `${JSON.stringify(source)} ${attributes}`.trimEnd();
  if (imported === "=") return `import ${name} = require(${from}); export { ${name} };`;
  if (imported === "*") return `export ${typeOnly ? "type " : ""}* as ${name} from ${from};`;
  const key = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(imported) ? imported : JSON.stringify(imported);
  return `export ${typeOnly ? "type " : ""}{ ${key} as ${name} } from ${from};`;
}

/** The JSDoc comment directly before a declaration, so that inspection shows it in later cells too. */
function documentation({ code, comments }: CellSyntax, start: number): string {
  const comment = comments.find(
    ({ end }) => end <= start && /^\s*(export\s+(default\s+)?)?$/.test(code.slice(end, start)),
  );
  return comment ? `${code.slice(comment.start, comment.end)}\n` : "";
}

function variableLines(
  cell: CellSyntax,
  variables: readonly VariableDeclaration[],
  types: TypeTexts,
): string[] {
  const lines: string[] = [];
  const untyped = new Set<VariableDeclaration["declarator"]>();
  const text = ({ start, end }: { start: number; end: number }) => cell.code.slice(start, end);
  for (const one of variables) {
    const { declarator, name, mutable } = one;
    const type = types.get(one);
    const keyword = mutable ? "let" : "const";
    if (type !== undefined) {
      lines.push(`export ${mutable ? "let" : "declare const"} ${name}: ${type};`);
    } else if (declarator.initializer && !untyped.has(declarator)) {
      untyped.add(declarator);
      const pattern = text(declarator.pattern);
      const initializer = text(declarator.initializer);
      if (!/\bawait\b/.test(initializer)) {
        lines.push(`export ${keyword} ${pattern} = ${initializer};`);
      } else {
        const helper = `$${declarator.names[0] ?? ""}`;
        lines.push(`const ${helper} = async () => (${initializer});`);
        lines.push(`export ${keyword} ${pattern} = null! as Awaited<ReturnType<typeof ${helper}>>;`);
      }
    } else if (!declarator.initializer) {
      lines.push(`export let ${name}: any;`);
    }
  }
  return lines;
}
