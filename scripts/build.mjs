// Compiles kernel-lib into kernel-lib/dist: TypeScript, then the WebAssembly kernels of its engines.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { nodeModules, root } from "./setup/paths.mjs";

const kernels = ["-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--sharedMemory"];
const memory = ["--initialMemory", "16", "--maximumMemory", "65536"];

const ok = [
  node("typescript/bin/tsc", "-p", "kernel-lib", "--pretty", "false"),
  webAssembly("kernels.wasm", "simd,threads"),
  webAssembly("kernels-fused.wasm", "simd,threads,relaxed-simd"),
].every((status) => status === 0);
process.exitCode = ok ? 0 : 1;

function webAssembly(file, features) {
  const output = join("kernel-lib", "dist", "engine", file);
  const source = join("kernel-lib", "wasm", "index.ts");
  return node("assemblyscript/bin/asc.js", source, "-o", output, ...kernels, ...memory, "--enable", features);
}

function node(program, ...parameters) {
  /** @type {import("node:child_process").SpawnSyncOptions} */
  const options = { cwd: root, stdio: "inherit" };
  return spawnSync(process.execPath, [join(nodeModules, program), ...parameters], options).status;
}
