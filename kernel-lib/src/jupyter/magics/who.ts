import { nameInScripts } from "../global-names";
import type { Magic } from "./magic";

/** `%who`: the notebook's variables, functions and classes. */
export const who: Magic = {
  name: "%who",
  usage: "%who",
  documentation:
    "Lists the names that cells have declared, with their types and, in short, their values. Types and interfaces " +
    "have no value and are left out.",
  takes: "line",
  async run(_, kernel) {
    const variables = await kernel.compiler.variables();
    const rows = variables.map(
      ({ name, type }) => `[${JSON.stringify(name)},${JSON.stringify(type)},()=>${nameInScripts(name)}]`,
    );
    return kernel.evaluate(`__kernelWho([${rows.join(",")}])`);
  },
};
