import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

it("importing kernel-lib loads no TensorFlow.js", () => {
  const index = join(__dirname, "..", "..", "dist", "index.js");
  const program = `require(${JSON.stringify(index)}); console.log(Object.keys(require.cache).filter((file) => file.includes("@tensorflow")).length)`;
  expect(execFileSync(process.execPath, ["-e", program], { encoding: "utf8" }).trim()).toBe("0");
});
