import { afterAll, describe, expect, it } from "vitest";
import { Engine } from "../../dist/engine/engine";
import golden from "../golden/training-digest.json";
import { trainingDigest } from "./training-digest";

describe.each([1, 2])("the wasm engine with %i thread(s)", (threads) => {
  const engine = new Engine("wasm", { threads });
  afterAll(() => engine.close());

  it("gives the committed bits after 200 training steps", { timeout: 120_000 }, () => {
    const { losses, sha256 } = trainingDigest(engine, golden.steps);
    expect(losses.at(-1)).toBeLessThan(losses[0] / 4);
    expect(sha256).toBe(golden.sha256);
  });
});
