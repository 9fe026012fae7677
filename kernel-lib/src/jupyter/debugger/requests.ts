import type { Json } from "../protocol";
import { displayOf } from "./display";
import { scopesOf } from "./frames";
import { type AskedBreakpoint, DebugError } from "./protocol";
import { type DebugSession, THREAD } from "./session";
import type { Sources } from "./sources";
import { typeOf } from "./variables";

/** What the debugger can do, as `initialize` tells front ends. */
export const CAPABILITIES: Json = {
  supportsConfigurationDoneRequest: true,
  supportsModulesRequest: true,
  supportsTerminateRequest: true,
  supportsConditionalBreakpoints: true,
  // V8 takes every exception of a cell for caught, since the kernel awaits the cell.
  exceptionBreakpointFilters: [{ filter: "all", label: "All exceptions" }],
};

/** Answers a request with the body of its reply. */
type Answer = (session: DebugSession, args: Json, sources: Sources) => Promise<Json> | Json;

/** The requests that need a debugger. */
export const ANSWERS: Record<string, Answer> = {
  configurationDone: () => ({}),
  dumpCell: (_, args, sources) => ({ sourcePath: sources.dump(string(args, "code")) }),
  source: (_, args, sources) => {
    const path = string(object(args, "source"), "path");
    const content = sources.textOf(path);
    if (content === undefined) throw new DebugError(`source: ${path} is not known`);
    // The name by which JupyterLab's editor knows the language: it has no other way to know it here.
    return { content, mimeType: "application/typescript" };
  },
  setBreakpoints: async ({ breakpoints }, args) => {
    const path = string(object(args, "source"), "path");
    return {
      breakpoints: await breakpoints.set(path, array(args, "breakpoints").map(askedBreakpoint)),
    };
  },
  setExceptionBreakpoints: async (session, args) => {
    const filters = Array.isArray(args.filters) ? args.filters : [];
    await session.pauseOnExceptions(filters.includes("all"));
    return {};
  },
  threads: () => ({ threads: [THREAD] }),
  modules: ({ frames }) => {
    const modules = frames.modules().map((path, id) => ({ id, name: path.replace(/^.*[/\\]/, ""), path }));
    return { modules, totalModules: modules.length };
  },
  stackTrace: ({ paused = [] }) => {
    const stackFrames = paused.map(({ call: _, ...frame }) => frame);
    return { stackFrames, totalFrames: stackFrames.length };
  },
  scopes: (session, args) => {
    const frame = session.frame(integer(args, "frameId"));
    return { scopes: scopesOf(frame, session.variables) };
  },
  variables: async ({ variables }, args) => ({
    variables: await variables.children(integer(args, "variablesReference")),
  }),
  evaluate: async (session, args) => {
    const frame = session.frame(args.frameId === undefined ? 1 : integer(args, "frameId"));
    const value = await session.values.inCall(string(args, "expression"), frame.call);
    const { value: result, variablesReference } = session.variables.describe("", value);
    return { result, type: typeOf(value), variablesReference };
  },
  richInspectVariables: (session, args) => {
    const frameId = args.frameId === undefined ? undefined : integer(args, "frameId");
    return displayOf(session, string(args, "variableName"), frameId);
  },
  copyToGlobals: () => {
    throw new DebugError("copyToGlobals: a notebook's variables are declared by its cells alone");
  },
  continue: async (session) => {
    await session.resume();
    return { allThreadsContinued: true };
  },
  next: (session) => step(session, "stepOver"),
  stepIn: (session) => step(session, "stepInto"),
  stepOut: (session) => step(session, "stepOut"),
  pause: async (session) => {
    await session.pause();
    return {};
  },
};

async function step(session: DebugSession, kind: "stepOver" | "stepInto" | "stepOut"): Promise<Json> {
  await session.step(kind);
  return {};
}

function askedBreakpoint(args: Json): AskedBreakpoint {
  const unknown = ["hitCondition", "logMessage"].filter((name) => args[name]);
  return {
    line: integer(args, "line"),
    condition: args.condition ? string(args, "condition") : undefined,
    unknown: unknown.length > 0 ? `${unknown.join(" and ")}: not supported` : undefined,
  };
}

function string(args: Json, name: string): string {
  const value = args[name];
  if (typeof value !== "string") throw expected(name, "a string", value);
  return value;
}

function integer(args: Json, name: string): number {
  const value = args[name];
  if (!Number.isSafeInteger(value)) throw expected(name, "an integer", value);
  return value as number;
}

function object(args: Json, name: string): Json {
  const value = args[name];
  if (typeof value !== "object" || value === null) throw expected(name, "an object", value);
  return value as Json;
}

function array(args: Json, name: string): Json[] {
  const value = args[name] ?? [];
  if (!Array.isArray(value)) throw expected(name, "an array", value);
  return value.map((item: unknown, index) => {
    if (typeof item !== "object" || item === null) throw expected(`${name}[${index}]`, "an object", item);
    return item as Json;
  });
}

function expected(name: string, what: string, got: unknown): DebugError {
  return new DebugError(`${name}: expected ${what}, got ${JSON.stringify(got)}`);
}
