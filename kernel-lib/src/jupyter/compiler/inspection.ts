import { withoutModules } from "./prelude";
import type { SignatureHelp } from "./protocol";
import type { Inspection } from "./types";

/** What is shown about a place of a cell: the name there, and the call in whose parentheses it is. */
export function inspection(
  hover: string | undefined,
  help: SignatureHelp | undefined,
): Inspection | undefined {
  const parts = [
    hover === undefined || isUnknown(hover) ? "" : withoutPrelude(hover),
    help === undefined ? "" : signature(help),
  ];
  const markdown = parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n\n---\n\n");
  return markdown === "" ? undefined : { markdown, plain: plainText(markdown) };
}

/** Of a name that it does not know the checker says that it is of type any. */
function isUnknown(hover: string): boolean {
  return /^```typescript\nany\n```\s*$/.test(hover);
}

/** The names as the user wrote them: `(alias) class $prelude0.$3.Point` is `class Point`. */
export function withoutPrelude(hover: string): string {
  const alone = hover.replace(/^import [\p{ID_Continue}$]+ = \$prelude\d+\..*\n/mu, "");
  const imported = alone.replace(/\$prelude\d+\.([\p{ID_Start}$_][\p{ID_Continue}]*)\$\d+/gu, "$1");
  return withoutModules(imported)
    .replace(/^\(alias\) (?!module)/gm, "")
    .replace(/\$\d+\./g, "");
}

/** A call's signature, with the parameter that is being written marked and explained. */
function signature({ signatures, activeSignature = 0, activeParameter = 0 }: SignatureHelp): string {
  const active = signatures[activeSignature];
  if (active === undefined) return "";
  const parameters = active.parameters ?? [];
  const parameter = parameters[Math.min(activeParameter, parameters.length - 1)];
  const overloads =
    signatures.length > 1 ? `\n// ${activeSignature + 1} of ${signatures.length} overloads` : "";
  const described = parameter?.documentation?.value;
  return [
    `\`\`\`typescript\n${withoutPrelude(active.label)}${overloads}\n\`\`\``,
    parameter ? `**\`${withoutPrelude(parameter.label)}\`**${described ? ` — ${described}` : ""}` : "",
    active.documentation?.value ?? "",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Markdown without its marks, for frontends that show plain text. */
function plainText(markdown: string): string {
  return markdown
    .replace(/^```.*\n?/gm, "")
    .replace(/^---$/gm, "")
    .replace(/\*\*`([^`]*)`\*\*/g, "$1")
    .replace(/\*(@\w+)\*/g, "$1")
    .replace(/`([^`\n]*)`/g, "$1")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
