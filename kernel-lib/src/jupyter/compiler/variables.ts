import { withoutPrelude } from "./inspection";
import type { Project } from "./project";
import type { Scope } from "./scope";
import type { Variable } from "./types";

/** The names of earlier cells that have a value, with the checker's text of its type. */
export async function variables({ workspace, scratchFile }: Project, scope: Scope): Promise<Variable[]> {
  const names = scope.names();
  const header = scope.header(new Set(names));
  const offsets: number[] = [];
  let text = header;
  for (const name of names) {
    offsets.push(text.length);
    text += `${name};\n`;
  }
  workspace.set(scratchFile, text);
  const types = await workspace.ask(async (checker) => {
    // Types are asked for by another way than texts are told, which may be quicker.
    await checker.update(scratchFile);
    return checker.types(scratchFile, offsets);
  });
  return names.flatMap((name, index) => {
    const type = types[index];
    return type === undefined ? [] : { name, type: withoutPrelude(type).replace(/import\("[^"]*"\)\./g, "") };
  });
}
