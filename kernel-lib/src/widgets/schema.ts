/** The state of a widget's model, by the names of the widgets' schema. */
export type State = Record<string, unknown>;

/** The version of the messages between a model here and its twin in the front end. */
export const WIDGET_PROTOCOL = "2.1.0";
export const WIDGET_VIEW = "application/vnd.jupyter.widget-view+json";

/** The packages of the front end that hold the widgets' twins, with the versions whose schema is spoken here. */
const PACKAGES = {
  base: { name: "@jupyter-widgets/base", version: "2.0.0" },
  controls: { name: "@jupyter-widgets/controls", version: "2.0.0" },
  output: { name: "@jupyter-widgets/output", version: "1.0.0" },
};

type Package = keyof typeof PACKAGES;

/** Which class of the front end a model is, and which one draws it. */
export function kindOf(
  model: string,
  view: string | null,
  modelPackage: Package = "controls",
  viewPackage: Package = modelPackage,
): State {
  return {
    _model_module: PACKAGES[modelPackage].name,
    _model_module_version: PACKAGES[modelPackage].version,
    _model_name: model,
    _view_module: PACKAGES[viewPackage].name,
    _view_module_version: PACKAGES[viewPackage].version,
    _view_name: view,
  };
}
