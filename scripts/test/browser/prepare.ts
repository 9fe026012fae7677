import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../setup/paths.mjs";
import { screenshots, served } from "./server";

/** Before the first test: an empty folder for the pictures, and copies of the notebooks for the tested servers. */
export default function prepare(): void {
  rmSync(served, { recursive: true, force: true });
  mkdirSync(screenshots, { recursive: true });
  const filter = (file: string) => !file.includes(".ipynb_checkpoints");
  cpSync(join(root, "notebooks"), served, { recursive: true, filter });
}
