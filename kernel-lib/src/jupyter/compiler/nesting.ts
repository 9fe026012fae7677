/**
 * How deep code may be nested. Deeper code keeps the type checker busy for seconds, and from about 2,500 on it ends the
 * process, since the parser recurses without a check of its own.
 */
const MAX_NESTING = 500;

/** Strings, templates without values, comments. */
const TEXT =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`|\/\/.*|\/\*[\s\S]*?\*\//g;

/** What nests, and what ends it: brackets, and operators whose right side may hold the next one. Text is skipped. */
const TOKENS = new RegExp(
  [TEXT, /(?<open>[([{])|(?<close>[)\]}])|(?<end>[\n,;])|(?<operator>=>|[?=!~<])/]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** The offset from where code is nested too deep to be parsed, if it is. */
export function tooDeepAt(code: string): number | undefined {
  if (code.length <= MAX_NESTING) return undefined;
  const operators = [0];
  let depth = 0;
  for (const { groups, index } of code.matchAll(TOKENS)) {
    if (groups!.open) operators.push(0);
    else if (groups!.operator) operators[operators.length - 1]!++;
    else if (groups!.end) depth -= operators.splice(-1, 1, 0)[0]!;
    else if (groups!.close && operators.length > 1) depth -= 1 + operators.pop()!;
    if (groups!.open || groups!.operator) depth++;
    if (depth > MAX_NESTING) return index;
  }
  return undefined;
}
