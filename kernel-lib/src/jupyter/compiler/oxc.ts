/** The parser, the transpiler and the composition of source maps: ES modules, and so loaded asynchronously. */
export async function loadOxc() {
  const [{ parseSync }, { transformSync }, { default: remapping }] = await Promise.all([
    import("oxc-parser"),
    import("oxc-transform"),
    import("@jridgewell/remapping"),
  ]);
  return { parse: parseSync, transform: transformSync, remapping };
}

export type Oxc = Awaited<ReturnType<typeof loadOxc>>;
export type Program = ReturnType<Oxc["parse"]>["program"];
export type Statement = Program["body"][number];
export type SourceMap = Extract<Parameters<Oxc["remapping"]>[0], { mappings: string }>;
