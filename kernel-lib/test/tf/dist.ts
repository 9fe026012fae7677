import { createRequire } from "node:module";

const require = createRequire(__filename);
type Dist = typeof import("../../dist/engine/use-engine") &
  typeof import("../../dist/tf/initializers") &
  typeof import("../../dist/tf/layers") &
  typeof import("../../dist/tf/load") &
  typeof import("../../dist/tf/trainer/fit");

/** The compiled library, loaded by Node itself: the threads of its engine need files, and all of it has to share one engine. */
export const { currentEngine, fit, loadTf, recurrentLayers, seededInitializers, useEngine }: Dist =
  Object.assign(
    {},
    ...["engine/use-engine", "tf/initializers", "tf/layers", "tf/load", "tf/trainer/fit"].map((name) =>
      require(`../../dist/${name}`),
    ),
  );
