/**
 * Figures in JupyterLab, drawn by plotly's own extension with four differences: an update is drawn, where plotly's keeps what it drew first; a
 * saved figure is live at once, where plotly's shows a still picture until the mouse is over it; to open a notebook does not change it; and a
 * figure that takes the place of another at once, as a widget's output does, is drawn into the old one, so that nothing flickers.
 *
 * A module for JupyterLab as its build would make it (`init` and `get` are webpack's module federation), short enough to need no build.
 */
(() => {
  const plotly = "jupyterlab-plotly";
  const PNG = "image/png";

  /** The other extension's module, which may still be on its way. */
  async function plotlyModule() {
    while (!window._JUPYTERLAB?.[plotly]) await new Promise((resolve) => setTimeout(resolve, 10));
    const factory = await window._JUPYTERLAB[plotly].get("./mimeExtension");
    return factory();
  }

  /** For a figure inside of a widget: what is saved beside the widget, as the extension widget-stills tells it. */
  function savedAround(figure) {
    const found = [];
    for (let widget = figure.parent; widget; widget = widget.parent)
      if (widget.savedModel) found.push(widget.savedModel);
    return found;
  }

  function extension({ MIME_TYPE, RenderedPlotly }) {
    /** The elements of figures that were removed in the present turn of the event loop, drawn as they were. */
    const removed = [];

    class LiveFigure extends RenderedPlotly {
      constructor(options) {
        super(options);
        this.node = removed.shift() ?? this.node;
      }

      dispose() {
        if (!this.isDisposed && this.hasGraphElement()) {
          removed.push(this.node);
          setTimeout(() => removed.splice(0));
        }
        super.dispose();
      }

      renderModel(model) {
        const figure = model.data[MIME_TYPE];
        const text = JSON.stringify(figure);
        if (text === this.drawn) return Promise.resolve();
        this.drawn = text;
        const setData = (change) => {
          // The picture that is saved with the figure: one is enough, and it has to be of this figure.
          if (this.drawn !== text) return;
          for (const holder of [model, ...savedAround(this)])
            if (!holder.data[PNG] && JSON.stringify(holder.data[MIME_TYPE]) === text)
              holder.setData({ data: { ...holder.data, [PNG]: change.data[PNG] } });
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
