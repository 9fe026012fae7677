import { dirname, join } from "node:path";
import type { Json, MimeBundle } from "../protocol";
import { DebugError } from "./protocol";
import type { DebugSession } from "./session";

/** The module by which the main thread shows values. */
const DISPLAY = join(dirname(__dirname), "runner", "display.js");

/** Runs on the main thread, where the module is loaded already. */
const FORMAT = `function (value, file) {
  const { encode, formatNow } = process.getBuiltinModule("node:module").createRequire(file)(file);
  return encode(formatNow(value));
}`;

/**
 * A variable as a cell would show it.
 * @param frameId the paused call that the variable is of; without one, it is the notebook's
 */
export async function displayOf(session: DebugSession, name: string, frameId?: number): Promise<Json> {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name))
    throw new DebugError(`variableName: expected a name, got ${JSON.stringify(name)}`);
  const value =
    frameId !== undefined && session.paused
      ? await session.values.inCall(name, session.frame(frameId).call)
      : await session.values.inNotebook(name);
  const bundle = await session.withoutPauses(() => session.values.apply(FORMAT, value, DISPLAY));
  return { data: JSON.parse(String(bundle)) as MimeBundle, metadata: {} };
}
