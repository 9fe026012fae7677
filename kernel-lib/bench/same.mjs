import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a run that is gone on with must have in common with the earlier one: the engine, this harness, the options.
 *
 * @param {string} root @param {object} options
 */
export function digest(root, options) {
  const hash = createHash("sha256").update(JSON.stringify(options));
  for (const folder of ["kernel-lib/dist/engine", "kernel-lib/bench"])
    for (const entry of readdirSync(join(root, folder), { recursive: true }).map(String).sort())
      if (/\.(js|mjs|py|wasm)$/.test(entry))
        hash.update(entry).update(readFileSync(join(root, folder, entry)));
  return hash.digest("hex");
}
