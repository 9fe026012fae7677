import type { CommHost } from "./comm";
import { type MimeBundle, toBundle } from "./mime";

/** An output that was captured, as a notebook's file holds it, or the wish to clear those before it. */
export type CapturedOutput =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string }
  | {
      output_type: "display_data";
      data: MimeBundle;
      metadata: Record<string, unknown>;
      displayId?: string | undefined;
      update: boolean;
    }
  | { output_type: "clear"; wait: boolean };

type Capture = <T>(receive: (output: CapturedOutput) => void, work: () => T) => T;

/** Where shown things go: a notebook kernel, or the terminal. */
export interface Host {
  readonly name: "kernel" | "tslab" | "terminal";
  show(bundle: MimeBundle): void;
  /** Shows `bundle`; each call of the function it returns replaces what is shown. */
  open(bundle: MimeBundle): (next: MimeBundle) => void;
  /** True after the user asked the running cell to stop. */
  interrupted(): boolean;
  /** Runs `work`; while it runs, an interrupt only makes `interrupted()` true. */
  cooperate<T>(work: () => Promise<T>): Promise<T>;
  /** The bundle of a value as this kernel shows it. */
  format(value: unknown): MimeBundle;
  /** Runs `work`; what it prints and shows goes to `receive`, where the kernel can tell it from other output. */
  capture: Capture;
  /** Channels to the front end, where there is one that may have widgets. */
  readonly comms: CommHost | undefined;
}

/** The part of this project's kernel that is used here. */
interface KernelApi {
  display(bundle: MimeBundle, options?: { displayId?: string; update?: boolean }): void;
  interrupt: { requested(): boolean; cooperate<T>(work: () => Promise<T>): Promise<T> };
  format(value: unknown): MimeBundle;
  capture: Capture;
  comms: CommHost;
}

interface TslabDisplay {
  raw(contentType: string, content: unknown): void;
}
interface TslabApi {
  display: TslabDisplay;
  newDisplay(): TslabDisplay;
}

/** What only this project's kernel can do, as far as it goes without. */
const plain = {
  interrupted: () => false,
  cooperate: <T>(work: () => Promise<T>) => work(),
  format: toBundle,
  capture: <T>(_receive: unknown, work: () => T) => work(),
  comms: undefined,
};
let opened = 0;

function kernelHost(api: KernelApi): Host {
  return {
    name: "kernel",
    show: (bundle) => api.display(bundle),
    open(bundle) {
      const displayId = `kernel-lib-${++opened}`; // counted, not random: transient, and the same in every run
      api.display(bundle, { displayId });
      return (next) => api.display(next, { displayId, update: true });
    },
    interrupted: () => api.interrupt.requested(),
    cooperate: (work) => api.interrupt.cooperate(work),
    format: (value) => api.format(value),
    capture: (receive, work) => api.capture(receive, work),
    comms: api.comms,
  };
}

/** tslab shows one MIME type a call: the richest one. */
const RICHEST_FIRST = [
  "application/vnd.plotly.v1+json",
  "text/html",
  "image/svg+xml",
  "image/png",
  "text/markdown",
  "text/latex",
];
function tslabHost(api: TslabApi): Host {
  const send = (to: TslabDisplay, bundle: MimeBundle) => {
    const type = RICHEST_FIRST.find((t) => t in bundle) ?? Object.keys(bundle)[0];
    to.raw(type, bundle[type]);
  };
  return {
    name: "tslab",
    show: (bundle) => send(api.display, bundle),
    open(bundle) {
      const to = api.newDisplay();
      send(to, bundle);
      return (next) => send(to, next);
    },
    ...plain,
  };
}

const plainText = (bundle: MimeBundle): string => String(bundle["text/plain"] ?? Object.values(bundle)[0]);
const terminalHost: Host = {
  name: "terminal",
  show: (bundle) => console.log(plainText(bundle)),
  open(bundle) {
    let last = plainText(bundle);
    console.log(last);
    return (next) => {
      const text = plainText(next);
      if (text !== last) console.log(text);
      last = text;
    };
  },
  ...plain,
};

/** The host this code runs in. Asked at every call: a module may be loaded before the kernel is ready. */
export function host(): Host {
  const kernel = Reflect.get(globalThis, Symbol.for("jupyter.kernel")) as KernelApi | undefined;
  if (kernel) return kernelHost(kernel);
  const tslab = Reflect.get(globalThis, "__tslab__") as { require(name: "tslab"): TslabApi } | undefined;
  return tslab ? tslabHost(tslab.require("tslab")) : terminalHost;
}
