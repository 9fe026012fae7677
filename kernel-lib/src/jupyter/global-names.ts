/** What every script sees without declaring it, libraries and the kernel too. */
export const globalNames: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(globalThis));

const suffix = "$cell";

/**
 * The name under which cells keep a variable that is called like a global. Under its own name, every library would
 * see it in place of the global: after `import { setTimeout } from "node:timers/promises"`, no timer would work.
 */
export function keptName(name: string): string {
  return name + suffix;
}

/** The name by which a script finds the variable that cells call by a name. */
export function nameInScripts(name: string): string {
  return globalNames.has(name) ? keptName(name) : name;
}

/** A text in which kept names may stand, with the names that the user wrote. */
export function writtenNames(text: string): string {
  return text.replaceAll(suffix, "");
}
