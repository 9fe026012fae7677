import type { Oxc, Statement } from "./oxc";

/** A range of the cell's text in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A class, function, type, interface, enum, namespace or alias: kept for later cells as it is written. */
export interface CopiedDeclaration extends Span {
  readonly kind: "copied";
  readonly name: string;
  readonly meaning: Meaning;
  /** Whether it is only described, by `declare`. */
  readonly ambient: boolean;
}

/** A variable: kept for later cells with its type. */
export interface VariableDeclaration {
  readonly kind: "variable";
  readonly name: string;
  readonly mutable: boolean;
  /** Whether it is only described, by `declare`. */
  readonly ambient: boolean;
  /** Whether it is declared by `using` or `await using`, and so disposed at the cell's end. */
  readonly disposed: boolean;
  /** Offset of its name. */
  readonly at: number;
  readonly declarator: Declarator;
}

/** One `pattern: annotation = initializer` of a variable statement. */
export interface Declarator {
  readonly pattern: Span;
  readonly annotation: Span | undefined;
  readonly initializer: Span | undefined;
  /** The initializer is a plain literal, whose type is its text's type everywhere. */
  readonly literal: boolean;
  readonly names: readonly string[];
  /** The statement, for its documentation. */
  readonly statement: Span;
}

/** A name that an ES import or `import x = require(…)` brings in. */
export interface ImportDeclaration {
  readonly kind: "import";
  readonly name: string;
  readonly at: number;
  /** What the module calls it; `*` for the namespace, `=` for `import x = require(…)`. */
  readonly imported: string;
  readonly source: string;
  readonly typeOnly: boolean;
  /** `with { … }` as written, or "". */
  readonly attributes: string;
}

/** `declare global` or `declare module "x"`. */
export interface Augmentation extends Span {
  readonly kind: "augmentation";
}

export type Meaning = "value" | "type" | "both";
export type Declaration = CopiedDeclaration | VariableDeclaration | ImportDeclaration | Augmentation;

/** What the checker and the scope need to know of a cell's syntax. */
export interface CellSyntax {
  readonly code: string;
  readonly declarations: readonly Declaration[];
  /** Every word of the cell that may be a name. */
  readonly words: ReadonlySet<string>;
  /** Specifiers of static imports, exports and dynamic imports of literals. */
  readonly specifiers: readonly string[];
  /** Whether the last statement is an expression, whose value is the cell's result. */
  readonly endsInExpression: boolean;
  readonly comments: readonly Span[];
  readonly errors: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}

/** Parses a cell; where it has syntax errors, declarations are those of the part that was understood. */
export function readCell(oxc: Oxc, code: string): CellSyntax {
  const parsed = oxc.parse("cell.ts", code, { sourceType: "module", lang: "ts" });
  const body = parsed.program.body;
  const last = body.filter((statement) => statement.type !== "EmptyStatement").at(-1);
  return {
    code,
    declarations: body.flatMap((statement) => declarationsOf(statement, code)),
    words: new Set(code.match(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu) ?? []),
    specifiers: [
      ...parsed.module.staticImports.map((one) => one.moduleRequest.value),
      ...parsed.module.staticExports.flatMap((one) =>
        one.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
      ),
      ...parsed.module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) =>
        literalText(code.slice(start, end)),
      ),
      ...body.flatMap((statement) =>
        statement.type === "TSImportEqualsDeclaration" &&
        statement.moduleReference.type === "TSExternalModuleReference"
          ? [statement.moduleReference.expression.value]
          : [],
      ),
    ],
    endsInExpression:
      last?.type === "ExpressionStatement" ||
      (last?.type === "ExportDefaultDeclaration" && isExpression(last.declaration.type)),
    comments: parsed.comments.filter((comment) => comment.type === "Block" && comment.value.startsWith("*")),
    errors: parsed.errors.map((error) => ({
      message: error.message,
      start: error.labels[0]?.start ?? 0,
      end: error.labels[0]?.end ?? 0,
    })),
  };
}

/** Whether a default export's declaration is an expression, not a function, class or interface. */
export function isExpression(type: string): boolean {
  return !/Declaration$|^TSDeclareFunction$/.test(type);
}

function literalText(text: string): string[] {
  const literal = /^(["'`])([^\\$]*)\1$/.exec(text.trim());
  return literal?.[2] === undefined ? [] : [literal[2]];
}

function declarationsOf(statement: Statement, code: string): Declaration[] {
  switch (statement.type) {
    case "ImportDeclaration": {
      const attributes = statement.attributes.length === 0 ? "" : attributesOf(statement, code);
      return statement.specifiers.map((specifier) => ({
        kind: "import",
        name: specifier.local.name,
        at: specifier.local.start,
        imported: importedName(specifier),
        source: statement.source.value,
        typeOnly:
          statement.importKind === "type" ||
          (specifier.type === "ImportSpecifier" && specifier.importKind === "type"),
        attributes,
      }));
    }
    case "TSImportEqualsDeclaration":
      if (statement.moduleReference.type !== "TSExternalModuleReference")
        return [copied(statement, statement.id.name, "both")];
      return [
        {
          kind: "import",
          name: statement.id.name,
          at: statement.id.start,
          imported: "=",
          source: statement.moduleReference.expression.value,
          typeOnly: statement.importKind === "type",
          attributes: "",
        },
      ];
    case "ExportNamedDeclaration":
      return statement.declaration ? declarationsOf(statement.declaration as Statement, code) : [];
    case "ExportDefaultDeclaration":
      return isExpression(statement.declaration.type)
        ? []
        : declarationsOf(statement.declaration as Statement, code);
    case "VariableDeclaration":
      return statement.declarations.flatMap((declarator) => variables(statement, declarator));
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      return statement.id ? [copied(statement, statement.id.name, "value")] : [];
    case "ClassDeclaration":
      return statement.id ? [copied(statement, statement.id.name, "both")] : [];
    case "TSEnumDeclaration":
      // With `declare`, a cell makes the enum as well.
      return [copied({ start: statement.start, end: statement.end }, statement.id.name, "both")];
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return [copied(statement, statement.id.name, "type")];
    case "TSModuleDeclaration":
      return statement.kind === "global" || statement.id.type === "Literal"
        ? [{ kind: "augmentation", start: statement.start, end: statement.end }]
        : [copied(statement, /^[^\s.]+/.exec(code.slice(statement.id.start))?.[0] ?? "", "both")];
    default:
      return hoistedVariables(statement);
  }
}

function copied(
  statement: Span & { declare?: boolean | null },
  name: string,
  meaning: Meaning,
): CopiedDeclaration {
  const { start, end, declare } = statement;
  return { kind: "copied", name, meaning, ambient: declare === true, start, end };
}

type Import = Extract<Statement, { type: "ImportDeclaration" }>;

function importedName(specifier: Import["specifiers"][number]): string {
  if (specifier.type === "ImportNamespaceSpecifier") return "*";
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  return specifier.imported.type === "Literal" ? String(specifier.imported.value) : specifier.imported.name;
}

function attributesOf(statement: Import, code: string): string {
  return code.slice(statement.source.end, statement.end).replace(/;\s*$/, "").trim();
}

type Variables = Extract<Statement, { type: "VariableDeclaration" }>;
type Pattern = Variables["declarations"][number]["id"];

function variables(
  statement: Variables,
  declarator: Variables["declarations"][number],
): VariableDeclaration[] {
  const names = patternNames(declarator.id);
  const annotation = "typeAnnotation" in declarator.id ? declarator.id.typeAnnotation : undefined;
  const { init } = declarator;
  const shared: Declarator = {
    pattern: { start: declarator.id.start, end: annotation?.start ?? declarator.id.end },
    annotation: annotation
      ? { start: annotation.typeAnnotation.start, end: annotation.typeAnnotation.end }
      : undefined,
    initializer: init ? { start: init.start, end: init.end } : undefined,
    literal: declarator.id.type === "Identifier" && init?.type === "Literal" && init.raw !== "null",
    names: names.map(({ name }) => name),
    statement: { start: statement.start, end: statement.end },
  };
  return names.map(({ name, start }) => ({
    kind: "variable",
    name,
    mutable: statement.kind === "let" || statement.kind === "var",
    ambient: statement.declare === true,
    disposed: statement.kind === "using" || statement.kind === "await using",
    at: start,
    declarator: shared,
  }));
}

/** The identifiers that a binding pattern declares. */
export function patternNames(pattern: Pattern): { name: string; start: number; end: number }[] {
  switch (pattern.type) {
    case "Identifier":
      return [{ name: pattern.name, start: pattern.start, end: pattern.start + pattern.name.length }];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) =>
        element === null ? [] : patternNames(element.type === "RestElement" ? element.argument : element),
      );
    case "AssignmentPattern":
      return patternNames(pattern.left);
  }
}

/** `var` inside blocks and loops belongs to the whole cell. */
function hoistedVariables(statement: Statement): VariableDeclaration[] {
  return nestedVars(statement).flatMap((vars) =>
    vars.declarations.flatMap((declarator) => variables(vars, declarator)),
  );
}

/** The `var` statements inside a statement, but not inside its functions. */
export function nestedVars(statement: Statement): Variables[] {
  const inside = (nested: unknown): Variables[] => (nested ? varsOf(nested as Statement) : []);
  const all = (list: readonly unknown[]): Variables[] => list.flatMap(inside);
  switch (statement.type) {
    case "BlockStatement":
      return all(statement.body);
    case "IfStatement":
      return [...inside(statement.consequent), ...inside(statement.alternate)];
    case "ForStatement":
      return [...inside(statement.init), ...inside(statement.body)];
    case "ForInStatement":
    case "ForOfStatement":
      return [...inside(statement.left), ...inside(statement.body)];
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
      return inside(statement.body);
    case "TryStatement":
      return [...inside(statement.block), ...inside(statement.handler?.body), ...inside(statement.finalizer)];
    case "SwitchStatement":
      return statement.cases.flatMap((one) => all(one.consequent));
    default:
      return [];
  }
}

function varsOf(statement: Statement): Variables[] {
  if (statement.type === "VariableDeclaration") return statement.kind === "var" ? [statement] : [];
  return nestedVars(statement);
}
