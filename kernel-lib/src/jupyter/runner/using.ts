import { __addDisposableResource, __disposeResources } from "tslib";

/** What the `using` declarations at the top of a cell hold until the cell has ended. */
export type Resources = Parameters<typeof __addDisposableResource>[0];

let current: Resources = none();

/** What a cell calls for `using` and `await using` at its top: takes note of the value and returns it. */
export function use(value: unknown, isAsync: boolean): unknown {
  return __addDisposableResource(current, value, isAsync);
}

/** The resources of the cell that is about to run. */
export function openResources(): Resources {
  current = none();
  return current;
}

/**
 * Disposes of resources in reverse order; a promise where one is asynchronous.
 * @param failed the error with which the cell ended, if it did
 * @throws that error, or the disposers', the earlier suppressed by the later
 */
export function closeResources(resources: Resources, failed?: { thrown: unknown }): unknown {
  if (failed) {
    resources.error = failed.thrown;
    resources.hasError = true;
  }
  return __disposeResources(resources);
}

function none(): Resources {
  return { stack: [], error: undefined, hasError: false };
}
