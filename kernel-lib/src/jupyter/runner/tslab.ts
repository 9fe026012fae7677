import type { KernelHost } from "../host";

/** tslab's display API (https://github.com/yunabe/tslab) on this kernel, so that its notebooks run unchanged. */
export function tslabModule(host: KernelHost): object {
  let ids = 0;
  return {
    __esModule: true,
    versions: { tslab: "1.0.22", typescript: "7.0.2", node: process.version },
    display: displayMethods((bundle) => host.display(bundle)),
    newDisplay() {
      const displayId = `tslab-${++ids}`;
      let update = false;
      return displayMethods((bundle) => {
        host.display(bundle, { displayId, update });
        update = true;
      });
    },
  };
}

function displayMethods(show: (bundle: Record<string, unknown>) => void) {
  const as = (type: string) => (data: string | Uint8Array) => show({ [type]: data });
  return {
    javascript: as("text/javascript"),
    html: as("text/html"),
    markdown: as("text/markdown"),
    latex: as("text/latex"),
    svg: as("image/svg+xml"),
    png: as("image/png"),
    jpeg: as("image/jpeg"),
    gif: as("image/gif"),
    pdf: as("application/pdf"),
    text: as("text/plain"),
    raw: (type: string, data: string | Uint8Array) => show({ [type]: data }),
  };
}
