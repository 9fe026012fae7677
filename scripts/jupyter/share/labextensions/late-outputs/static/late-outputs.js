/**
 * What cells show after JupyterLab's page was loaded anew: a cell that still runs, a timer, the handler of a button. JupyterLab only knows the
 * requests of the present page and would show nothing of it; here it stands below its cell, which the kernel names in each message's metadata.
 *
 * A module for JupyterLab as its build would make it (`init` and `get` are webpack's module federation), short enough to need no build.
 */
(() => {
  const kinds = new Set(["stream", "display_data", "execute_result", "error"]);

  function showLateOutputs({ content: notebook, sessionContext }) {
    /** The cells that were run since the page was opened: JupyterLab itself shows what belongs to them. */
    const run = new Set();
    sessionContext.iopubMessage.connect(
      (_, { header: { msg_type: type }, metadata: { cellId }, content }) => {
        if (type === "execute_input") run.add(cellId);
        if (run.has(cellId)) return;
        const outputs = notebook.widgets.find(({ model }) => model.id === cellId)?.model.outputs;
        if (type === "clear_output") outputs?.clear(content.wait);
        if (!kinds.has(type)) return;
        const { transient: _transient, ...output } = content;
        outputs?.add({ output_type: type, ...output });
      },
    );
  }

  const plugin = {
    id: "late-outputs:plugin",
    autoStart: true,
    activate: (app) =>
      app.docRegistry.addWidgetExtension("Notebook", { createNew: (panel) => showLateOutputs(panel) }),
  };

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["late-outputs"] = {
    init: () => {},
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
})();
