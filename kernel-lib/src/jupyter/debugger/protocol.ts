import type { Json } from "../protocol";

/**
 * Messages of the Debug Adapter Protocol (https://microsoft.github.io/debug-adapter-protocol/specification) and of
 * Jupyter's additions to it (https://jupyter-client.readthedocs.io/en/stable/messaging.html#debug-request), as far as
 * they are used here. Lines and columns count from 1.
 */
export type DebugRequest = { seq: number; command: string; arguments: Json };

export type DebugEvent = { type: "event"; seq: number; event: string; body: Json };

export type Source = { name: string; path: string };

/** A breakpoint as a front end asks for it. */
export type AskedBreakpoint = {
  line: number;
  /** An expression: code stops where it is true. */
  condition?: string | undefined;
  /** What of it this debugger does not know, in words for the user. */
  unknown?: string | undefined;
};

export type Breakpoint = { id: number; verified: boolean; line: number; source: Source; message?: string };

export type StackFrame = { id: number; name: string; source: Source; line: number; column: number };

export type Scope = { name: string; variablesReference: number; expensive: boolean };

/** Without a `type`: JupyterLab would show it in place of the value. The value's text names its class. */
export type Variable = {
  name: string;
  value: string;
  /** Names the variable's own children, which are asked for separately; 0 if there are none. */
  variablesReference: number;
};

/** A request that cannot be answered, in words for the user. */
export class DebugError extends Error {
  override readonly name = "DebugError";
}
