import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["kernel-lib/test/**/*.test.ts", "scripts/test/**/*.test.ts"],
    globalSetup: "scripts/test/temporary-folder.ts",
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
