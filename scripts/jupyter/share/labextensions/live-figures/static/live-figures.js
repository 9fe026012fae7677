/**
 * Figures in JupyterLab, drawn by plotly's own extension with three differences: an update is drawn, where plotly's keeps what it drew first; a
 * saved figure is live at once, where plotly's shows a still picture until the mouse is over it; and to open a notebook does not change it.
 *
 * A module for JupyterLab as its build would make it (`init` and `get` are webpack's module federation), short enough to need no build.
 */
(() => {
  const plotly = "jupyterlab-plotly";

  /** The other extension's module, which may still be on its way. */
  async function plotlyModule() {
    while (!window._JUPYTERLAB?.[plotly]) await new Promise((resolve) => setTimeout(resolve, 10));
    const factory = await window._JUPYTERLAB[plotly].get("./mimeExtension");
    return factory();
  }

  function extension({ MIME_TYPE, RenderedPlotly }) {
    class LiveFigure extends RenderedPlotly {
      renderModel(model) {
        const figure = model.data[MIME_TYPE];
        const text = JSON.stringify(figure);
        if (text === this.drawn) return Promise.resolve();
        this.drawn = text;
        const setData = (change) => {
          // The picture that is saved with the figure: one is enough, and it has to be of this figure.
          if (this.drawn === text && !model.data["image/png"]) model.setData(change);
        };
        return this.createGraph({ data: { [MIME_TYPE]: JSON.parse(text) }, setData });
      }
    }
    return {
      id: "live-figures:factory",
      rendererFactory: {
        safe: true,
        mimeTypes: [MIME_TYPE],
        createRenderer: (options) => new LiveFigure(options),
      },
      rank: 0,
      dataType: "json",
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["live-figures"] = {
    init: () => {},
    get: async () => {
      const module = { __esModule: true, default: extension(await plotlyModule()) };
      return () => module;
    },
  };
})();
