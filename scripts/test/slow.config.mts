import { defineConfig } from "vitest/config";

/** The set-up in a clean copy of the checkout, and kernel-lib as a package: minutes, not seconds. */
export default defineConfig({
  test: {
    include: ["scripts/test/slow/**/*.slow.ts"],
    globalSetup: "scripts/test/temporary-folder.ts",
    testTimeout: 600_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
