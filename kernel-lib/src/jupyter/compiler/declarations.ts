import type { Oxc, Statement } from "./oxc";
import type { Span } from "./positions";
import { hoistedVariables, type VariableDeclaration, variablesOf } from "./variable-declarations";

/** A class, function, type, interface, enum, namespace or alias: kept for later cells as it is written. */
export interface CopiedDeclaration extends Span {
  readonly kind: "copied";
  readonly name: string;
  readonly meaning: Meaning;
  /** Whether it is only described, by `declare`. */
  readonly ambient: boolean;
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
  /** Those of dynamic imports that are written as templates. */
  readonly templates: readonly string[];
  /** Whether the last statement is an expression, whose value is the cell's result. */
  readonly endsInExpression: boolean;
  readonly comments: readonly Span[];
  readonly errors: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}

/** Parses a cell; where it has syntax errors, declarations are those of the part that was understood. */
export function readCell(oxc: Oxc, code: string): CellSyntax {
  const parsed = oxc.parse("cell.ts", code, { sourceType: "module", lang: "ts" });
  const body = parsed.program.body;
  const dynamic = parsed.module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
    code.slice(start, end),
  );
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
      ...dynamic.flatMap(literalText),
      ...body.flatMap((statement) =>
        statement.type === "TSImportEqualsDeclaration" &&
        statement.moduleReference.type === "TSExternalModuleReference"
          ? [statement.moduleReference.expression.value]
          : [],
      ),
    ],
    templates: dynamic.filter((specifier) => specifier.includes("`")).flatMap(literalText),
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
      return variablesOf(statement);
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
