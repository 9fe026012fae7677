import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { execute, logFile } from "../command.mjs";
import { nodeModules, venvPython } from "../paths.mjs";
import { addonFile, napiVersion, packageFolder } from "./binding.mjs";
import { findCompiler } from "./compiler.mjs";
import { libraryFiles, libraryFolder, provideLibrary } from "./library-cache.mjs";

/**
 * The C library inside TensorFlow's Python wheel, and the addon compiled against it here. The wheel is checked by its hash, what is taken out
 * of it by the hashes in a list beside it.
 * @param {import("../runner.mjs").Context} context
 * @returns {Promise<string | undefined>} why not; undefined when it is installed
 */
export async function fromWheel(context) {
  const reason = (await unsuitable(context)) ?? (await provideLibrary(context));
  if (reason) return `${fromWheel.label} ${reason}`;
  shareInto(libraryFolder(), join(packageFolder, "deps"));
  return compile(context);
}
fromWheel.label = "the library in TensorFlow's Python wheel";

/** What this machine lacks, before anything is downloaded. */
async function unsuitable({ lock }) {
  if (process.platform !== "linux" || process.arch !== "x64") return "is for Linux on x64 only";
  if (!existsSync(venvPython)) return "needs Python";
  const compiler = findCompiler();
  const answers =
    compiler && (await execute(compiler, ["--version"], { log: "tensorflow-compiler", lock })).ok;
  if (!answers) return "needs a C++ compiler (Debian, Ubuntu: apt-get install g++)";
}

/** Puts the library in place by hard links, which cost no space and survive the cache's removal; by copies on another disk. */
function shareInto(library, deps) {
  rmSync(deps, { recursive: true, force: true });
  for (const file of libraryFiles(library)) {
    const place = join(deps, file);
    mkdirSync(dirname(place), { recursive: true });
    try {
      linkSync(join(library, file), place);
    } catch {
      copyFileSync(join(library, file), place);
    }
  }
  for (const name of ["libtensorflow_cc", "libtensorflow_framework"])
    symlinkSync(`${name}.so.2`, join(deps, "lib", `${name.replace("_cc", "")}.so`));
}

/** Compiles the addon beside its place, then renames: a file under the addon's name is a whole one. */
async function compile({ lock, follow }) {
  const log = "tensorflow-addon";
  follow(logFile(log));
  const addon = addonFile();
  const partial = `${addon}.partial`;
  mkdirSync(dirname(addon), { recursive: true });
  const headers = ["-I.", "-Ideps/include", `-I${join(nodeModules, "node-api-headers", "include")}`];
  const options = [
    "-std=c++17",
    "-O2",
    "-fPIC",
    "-shared",
    "-w",
    `-DNAPI_VERSION=${napiVersion()}`,
    ...headers,
  ];
  const sources = ["binding/tfjs_backend.cc", "binding/tfjs_binding.cc"];
  const libraries = [
    "-Ldeps/lib",
    "-ltensorflow",
    "-ltensorflow_framework",
    "-Wl,-rpath,$ORIGIN/../../deps/lib",
  ];
  const args = [...options, ...sources, "-o", partial, ...libraries];
  const built = await execute(findCompiler() ?? "", args, { log, lock, cwd: packageFolder });
  if (!built.ok) return `the addon does not compile (${built.log})`;
  renameSync(partial, addon);
}
