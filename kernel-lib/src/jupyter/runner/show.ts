import { types } from "node:util";
import type { KernelHost } from "../host";
import type { MimeBundle } from "../protocol";
import { encode, format } from "./display";
import { describeError } from "./errors";
import type { Completion } from "./evaluate";
import type { Outcome } from "./messages";
import type { Usage } from "./usage";

type Options = { id?: string; update?: boolean; metadata?: Record<string, unknown>; raw?: boolean };

/**
 * The global `display`.
 * @param later takes the promise of what will be shown, where a value's own method promises its bundle
 */
export function createDisplay(host: KernelHost, later: (shown: Promise<void>) => void) {
  return function display(value: unknown, { id, raw, ...rest }: Options = {}): void {
    const options = id === undefined ? rest : { displayId: id, ...rest };
    const bundle = raw ? (value as MimeBundle) : format(value);
    if (types.isPromise(bundle)) later(bundle.then((known) => host.display(known as MimeBundle, options)));
    else host.display(bundle as MimeBundle, options);
  };
}

/**
 * How an evaluation ended, when its value and all that it shows are there.
 * @param shown what it shows by promises; more may come while they are awaited
 */
export async function conclude(
  completion: Completion,
  usage: Usage,
  shown: Promise<void>[],
): Promise<Outcome> {
  if ("error" in completion) return { status: "error", error: completion.error };
  try {
    while (shown.length > 0) await Promise.all(shown.splice(0));
    if (completion.value === undefined) return { status: "ok", usage };
    const bundle = format(completion.value);
    return { status: "ok", bundle: encode(types.isPromise(bundle) ? await bundle : bundle), usage };
  } catch (error) {
    return { status: "error", error: describeError(error) };
  }
}
