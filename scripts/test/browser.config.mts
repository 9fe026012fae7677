import { defineConfig } from "vitest/config";

/** JupyterLab in a real browser: a server of its own, the notebooks, the editor's help, the buttons. */
export default defineConfig({
  test: {
    include: ["scripts/test/browser/**/*.browser.ts"],
    globalSetup: ["scripts/test/temporary-folder.ts", "scripts/test/browser/prepare.ts"],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
