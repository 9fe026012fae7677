/**
 * Widgets of a saved notebook in JupyterLab: when the kernel that knew them is gone, what was saved beside them is shown, where the widgets'
 * own extension only says that there is no model. `savedModel` of a widget's renderer is what is saved; live-figures adds pictures to it.
 *
 * A module for JupyterLab as its build would make it (`init` and `get` are webpack's module federation), short enough to need no build.
 */
(() => {
  const view = "application/vnd.jupyter.widget-view+json";

  function showStills(rendermime) {
    const create = rendermime.createRenderer.bind(rendermime);
    rendermime.createRenderer = (type) => {
      const renderer = create(type);
      if (type !== view) return renderer;
      const render = renderer.renderModel.bind(renderer);
      let drawn;
      renderer.renderModel = async (model) => {
        const { model_id: id } = model.data[view];
        renderer.savedModel = model;
        // Only what is saved beside the widget has changed: the widget itself keeps its place and its focus.
        if (drawn === id) return;
        await render(model);
        if (renderer.isDisposed || /^Loading widget/.test(renderer.node.textContent)) return;
        if (!/^Error displaying widget/.test(renderer.node.textContent)) {
          drawn = id;
          return;
        }
        const { [view]: _, ...saved } = model.data;
        const savedType = rendermime.preferredMimeType(saved, model.trusted ? "any" : "ensure");
        if (savedType === undefined) return;
        const still = create(savedType);
        renderer.node.textContent = "";
        renderer.addWidget(still);
        await still.renderModel(model);
      };
      return renderer;
    };
  }

  const plugin = {
    id: "widget-stills:plugin",
    autoStart: true,
    activate: (app) =>
      app.docRegistry.addWidgetExtension("Notebook", {
        createNew: (panel) => showStills(panel.content.rendermime),
      }),
  };

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["widget-stills"] = {
    init: () => {},
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
})();
