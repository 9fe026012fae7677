import type { MimeBundle } from "./mime";

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
}

/** The part of this project's kernel that is used here. */
interface KernelApi {
  display(bundle: MimeBundle, options?: { displayId?: string; update?: boolean }): void;
  interrupt: { requested(): boolean; cooperate<T>(work: () => Promise<T>): Promise<T> };
}

interface TslabDisplay {
  raw(contentType: string, content: unknown): void;
}
interface TslabApi {
  display: TslabDisplay;
  newDisplay(): TslabDisplay;
}

const notInterruptible = { interrupted: () => false, cooperate: <T>(work: () => Promise<T>) => work() };
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
    ...notInterruptible,
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
  ...notInterruptible,
};

/** The host this code runs in. Asked at every call: a module may be loaded before the kernel is ready. */
export function host(): Host {
  const kernel = Reflect.get(globalThis, Symbol.for("jupyter.kernel")) as KernelApi | undefined;
  if (kernel) return kernelHost(kernel);
  const tslab = Reflect.get(globalThis, "__tslab__") as { require(name: "tslab"): TslabApi } | undefined;
  return tslab ? tslabHost(tslab.require("tslab")) : terminalHost;
}
