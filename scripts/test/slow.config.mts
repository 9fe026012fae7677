import { defineConfig } from "vitest/config";

/** The set-up itself, in a clean copy of the checkout: minutes, not seconds. */
export default defineConfig({
  test: {
    include: ["scripts/test/slow/**/*.slow.ts"],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
