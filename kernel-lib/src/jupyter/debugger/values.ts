import type { Debugger, Runtime } from "node:inspector";
import type { Oxc } from "../compiler/oxc";
import { withoutTypes } from "./expressions";
import type { Inspector } from "./inspector";
import { DebugError } from "./protocol";

/** How long an expression may take while the code is paused, in ms. */
const EVALUATION_MS = 5000;

/** Names of the objects that the inspector keeps: until the code goes on, until the notebook is asked for again. */
const PAUSE = "pause";
const NOTEBOOK = "notebook";

/** Values of expressions on the main thread. All methods throw a DebugError with what the expression throws. */
export class Values {
  constructor(
    private readonly inspector: Inspector,
    private readonly oxc: Oxc,
  ) {}

  /** The value of a TypeScript expression in a paused call. */
  async inCall(expression: string, { callFrameId }: Debugger.CallFrame): Promise<Runtime.RemoteObject> {
    return this.#result("Debugger.evaluateOnCallFrame", {
      callFrameId,
      expression: withoutTypes(this.oxc, expression) ?? expression,
      objectGroup: PAUSE,
      generatePreview: true,
      timeout: EVALUATION_MS,
    });
  }

  /** The value of an expression of the notebook's variables. */
  inNotebook(expression: string): Promise<Runtime.RemoteObject> {
    return this.#result("Runtime.evaluate", { expression, objectGroup: NOTEBOOK });
  }

  /** An object with the notebook's variables. The one given before is no longer valid. */
  async notebook(): Promise<Runtime.RemoteObject> {
    await this.inspector.call("Runtime.releaseObjectGroup", { objectGroup: NOTEBOOK });
    const { names } = await this.inspector.call<Runtime.GlobalLexicalScopeNamesReturnType>(
      "Runtime.globalLexicalScopeNames",
    );
    // A name whose declaration was not reached has no value.
    const reads = names.map((name) => `try{values[${JSON.stringify(name)}]=${name}}catch{}`);
    return this.inNotebook(`(()=>{const values=Object.create(null);${reads.join(";")};return values})()`);
  }

  /** What a function returns for a value and a text. */
  async apply(functionDeclaration: string, value: Runtime.RemoteObject, text: string): Promise<unknown> {
    const { objectId } = await this.inNotebook("globalThis");
    const called = await this.#result("Runtime.callFunctionOn", {
      objectId,
      functionDeclaration,
      arguments: [argument(value), { value: text }],
      returnByValue: true,
    });
    return called.value;
  }

  /** Lets go of the values in calls. */
  async release(): Promise<void> {
    await this.inspector.call("Runtime.releaseObjectGroup", { objectGroup: PAUSE });
  }

  async #result(method: string, parameters: object): Promise<Runtime.RemoteObject> {
    const { result, exceptionDetails } = await this.inspector.call<Runtime.EvaluateReturnType>(method, {
      ...parameters,
      silent: true,
    });
    if (!exceptionDetails) return result;
    const { exception, text } = exceptionDetails;
    throw new DebugError(exception?.description?.split("\n")[0] ?? String(exception?.value ?? text));
  }
}

function argument({ objectId, unserializableValue, value }: Runtime.RemoteObject): Runtime.CallArgument {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value } : { unserializableValue };
}
