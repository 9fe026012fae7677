import { tooDeepAt } from "./nesting";

/** The parser, the transpiler and the composition of source maps: ES modules, and so loaded asynchronously. */
export async function loadOxc() {
  const [{ parseSync }, { transformSync }, { default: remapping }] = await Promise.all([
    import("oxc-parser"),
    import("oxc-transform"),
    import("@jridgewell/remapping"),
  ]);
  const parse: typeof parseSync = (file, code, options) => {
    const at = tooDeepAt(code);
    if (at === undefined) return parseSync(file, code, options);
    return Object.defineProperty(parseSync(file, "", options), "errors", { value: [tooDeep(at)] });
  };
  const transform: typeof transformSync = (file, code, options) => {
    const at = tooDeepAt(code);
    if (at === undefined) return transformSync(file, code, options);
    return { ...transformSync(file, "", options), errors: [tooDeep(at)] };
  };
  return { parse, transform, remapping };
}

/** The error of code that is nested too deep, in the form of the parser's own. */
function tooDeep(start: number) {
  return {
    severity: "Error" as never,
    message: "The code is nested too deep",
    labels: [{ message: null, start, end: start + 1 }],
    helpMessage: null,
    codeframe: null,
  };
}

export type Oxc = Awaited<ReturnType<typeof loadOxc>>;
export type Program = ReturnType<Oxc["parse"]>["program"];
export type Statement = Program["body"][number];
export type SourceMap = Extract<Parameters<Oxc["remapping"]>[0], { mappings: string }>;

/** The statement of a kind. */
export type Of<Type extends Statement["type"]> = Statement extends infer One
  ? One extends { type: infer Types }
    ? Type extends Types
      ? One
      : never
    : never
  : never;
