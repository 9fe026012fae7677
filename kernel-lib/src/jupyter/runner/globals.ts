import { type CommHost, HOST, type KernelHost } from "../host";
import type { MimeBundle } from "../protocol";
import type { RingWriter } from "../ring";
import { captureIn, currentCell } from "./cells";
import { createDeclared } from "./declared";
import { encodable, encode, formatNow } from "./display";
import { displayContent } from "./display-content";
import type { Importer } from "./imports";
import * as lowered from "./lowered";
import type { Report } from "./messages";
import type { createDisplay } from "./show";
import type { createPrompt } from "./stdin";
import { use } from "./using";
import { createWho } from "./who";

type UserFunctions = {
  prompt: ReturnType<typeof createPrompt>;
  display: ReturnType<typeof createDisplay>;
};

/**
 * Puts into the global scope what cells find there: what their compiled code calls, `require` and its like, and the
 * kernel's functions for the user. None of it is enumerable.
 */
export function defineGlobals(
  host: KernelHost,
  { importModule, commonJs }: Importer,
  { prompt, display }: UserFunctions,
): void {
  const globals = {
    [HOST]: host,
    __kernelImport: importModule,
    __kernelDeclared: createDeclared(),
    __kernelUsing: use,
    __kernelWho: createWho(host),
    ...lowered,
    ...commonJs,
    prompt,
    clearOutput: host.clearOutput,
    display,
  };
  for (const name of Reflect.ownKeys(globals))
    Object.defineProperty(globalThis, name, {
      value: globals[name as keyof typeof globals],
      writable: true,
      configurable: true,
      enumerable: false,
    });
}

/**
 * The kernel's services for libraries, which `defineGlobals` puts under `HOST`.
 * What they show goes to the cell that their caller belongs to.
 */
export function createHost(
  report: Report,
  ring: RingWriter,
  comms: CommHost,
  { requested, cooperate }: KernelHost["interrupt"],
): KernelHost {
  return {
    display: (bundle, { displayId, update = false, metadata = {} } = {}) => {
      const { id, capture } = currentCell();
      if (capture) {
        const data = JSON.parse(encode(bundle)) as MimeBundle;
        return capture({ output_type: "display_data", data, metadata, displayId, update });
      }
      const content = displayContent(encodable(bundle), metadata, displayId);
      const { position } = ring;
      report({ type: "display", cell: id, content, update, position }, [content.buffer]);
    },
    format: (value) => JSON.parse(encode(formatNow(value))) as MimeBundle,
    clearOutput: (wait = false) => {
      const { id, capture } = currentCell();
      if (capture) return capture({ output_type: "clear", wait: Boolean(wait) });
      report({ type: "clear", cell: id, wait: Boolean(wait), position: ring.position });
    },
    capture: captureIn,
    comms,
    interrupt: { requested, cooperate },
  };
}
