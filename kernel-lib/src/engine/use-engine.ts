import { Engine } from "./engine";
import { type EngineName, engineNames } from "./tools";

let current: Engine | undefined;

/**
 * Chooses the engine that layers run on from now on, and returns it. Where no BLAS is found, `native` says so once on
 * the console and `wasm` is taken.
 *
 * @param name `wasm`, `native` or `plain`
 * @throws RangeError for any other name
 */
export function useEngine(name: EngineName): Engine {
  if (!engineNames.includes(name))
    throw new RangeError(`useEngine: name: expected ${engineNames.join(", ")}, got ${JSON.stringify(name)}`);
  if (current?.name === name) return current;
  const next = open(name);
  current?.close();
  current = next;
  return current;
}

/** The engine in use: the one chosen last, else the environment's `RNN_ENGINE`, else `wasm`. */
export function currentEngine(): Engine {
  return current ?? useEngine((process.env.RNN_ENGINE || "wasm") as EngineName);
}

function open(name: EngineName): Engine {
  if (name !== "native") return new Engine(name);
  try {
    return new Engine(name);
  } catch (error) {
    console.warn(`useEngine: native: ${(error as Error).message}. The wasm engine is used instead.`);
    return new Engine("wasm");
  }
}
