/** The globals that code calls whose decorators, `accessor` and `using` were lowered. */
export {
  __addDisposableResource,
  __decorate,
  __disposeResources,
  __esDecorate,
  __metadata,
  __param,
  __propKey,
  __runInitializers,
  __setFunctionName,
} from "tslib";
