import type { CommHost } from "../display/comm";
import type { State } from "./schema";

/** A model as far as its state is asked for. */
interface Stateful {
  toJSON(): State;
}

const open = new Map<string, Stateful>();
const answering = new WeakSet<CommHost>();

/** Notes that a model is open under an id. */
export function remember(id: string, model: Stateful): void {
  open.set(id, model);
}

export function forget(id: string): void {
  open.delete(id);
}

/** Lets the front end ask for all models at once, as it does after the page was loaded anew. */
export function answerStateRequests(comms: CommHost): void {
  if (answering.has(comms)) return;
  answering.add(comms);
  comms.registerTarget("jupyter.widget.control", (comm) =>
    comm.onMessage(({ data }) => {
      if (data.method === "request_states")
        comm.send({ method: "update_states", states: allStates(), buffer_paths: [] });
    }),
  );
}

function allStates(): Record<string, State> {
  return Object.fromEntries(
    [...open].map(([id, model]) => {
      const state = model.toJSON();
      const { _model_name, _model_module, _model_module_version } = state;
      return [
        id,
        {
          model_name: _model_name,
          model_module: _model_module,
          model_module_version: _model_module_version,
          state,
        },
      ];
    }),
  );
}
