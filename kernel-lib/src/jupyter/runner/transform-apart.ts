import { spawnSync } from "node:child_process";
import type { Options, Output } from "@swc/core";
import { MAX_LINE } from "../wide-lines";

const PROGRAM = `
const { swc, source, options } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
function transform() {
  try { return require(swc).transformSync(source, options); } catch (error) { return { problem: error.message }; }
}
process.stdout.write(JSON.stringify(transform()));`;

/**
 * swc's `transformSync` in a process of its own, for code with wide lines: swc ends the process where an error stands
 * far to the right in its line.
 */
export function transformApart(source: string, options: Options): Output {
  const { stdout } = spawnSync(process.execPath, ["-e", PROGRAM], {
    input: JSON.stringify({ swc: require.resolve("@swc/core"), source, options }),
    encoding: "utf8",
    maxBuffer: Number.POSITIVE_INFINITY,
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
  });
  if (!stdout)
    throw new Error(
      `There is an error in a line of more than ${MAX_LINE} characters: break the line to see where`,
    );
  const answer = JSON.parse(stdout) as Output | { problem: string };
  if ("problem" in answer) throw new Error(answer.problem);
  return answer;
}
