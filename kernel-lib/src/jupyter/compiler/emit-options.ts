import { isDeepStrictEqual } from "node:util";
import { type PathMapping, pathMapping } from "./paths";

/**
 * What the user's tsconfig.json says about the code that runs, of cells and of local modules alike: how TypeScript is
 * emitted, and which files imports by a name mean.
 */
export interface EmitOptions {
  readonly experimentalDecorators: boolean;
  readonly emitDecoratorMetadata: boolean;
  readonly useDefineForClassFields: boolean;
  readonly paths: PathMapping | undefined;
}

/** @param options those that tsconfig.json sets */
export function emitOptions(options: Readonly<Record<string, unknown>> = {}): EmitOptions {
  const { experimentalDecorators, emitDecoratorMetadata, useDefineForClassFields } = options;
  return {
    experimentalDecorators: experimentalDecorators === true,
    emitDecoratorMetadata: emitDecoratorMetadata === true,
    useDefineForClassFields: useDefineForClassFields !== false,
    paths: pathMapping(options),
  };
}

export function isSameEmit(a: EmitOptions, b: EmitOptions): boolean {
  return (
    a.experimentalDecorators === b.experimentalDecorators &&
    a.emitDecoratorMetadata === b.emitDecoratorMetadata &&
    a.useDefineForClassFields === b.useDefineForClassFields &&
    isDeepStrictEqual(a.paths, b.paths)
  );
}
