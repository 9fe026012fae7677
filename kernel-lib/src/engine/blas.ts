import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sgemm } from "./blas-multiplier";

/** A BLAS that was found, ready for the arena's memory. */
export type Blas = {
  readonly library: string;
  readonly sgemm: Sgemm;
  /** Where a buffer lies in the process's memory. */
  addressOf(buffer: ArrayBufferLike): number;
};

/** The library's file, and what its functions' names begin with. */
type Candidate = { readonly library: string; readonly prefix: string };

/**
 * The first BLAS that loads: the file in the environment variable `RNN_BLAS`, the OpenBLAS that the set-up puts into
 * the project's Python environment, the system's OpenBLAS, Apple's Accelerate. It computes on the calling thread alone:
 * the engine has threads of its own.
 *
 * @throws Error with every library that was tried and why it did not serve
 */
export function loadBlas(): Blas {
  const failures: string[] = [];
  chooseCoreType();
  for (const candidate of candidates()) {
    try {
      return open(candidate);
    } catch (error) {
      failures.push(`${candidate.library}: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  throw new Error(`no BLAS found; tried ${failures.join("; ") || "nothing"}`);
}

function open({ library, prefix }: Candidate): Blas {
  const koffi = require("koffi") as typeof import("koffi");
  const lib = koffi.load(library);
  const name = `${prefix}cblas_sgemm`;
  const sgemm = lib.func(
    `void ${name}(int order, int transA, int transB, int m, int n, int k, float alpha, ` +
      "uintptr_t a, int lda, uintptr_t b, int ldb, float beta, uintptr_t c, int ldc)",
  ) as unknown as Sgemm;
  if (library.includes("openblas")) lib.func(`void ${prefix}openblas_set_num_threads(int n)`)(1);
  return { library, sgemm, addressOf: (buffer) => Number(koffi.address(new Uint8Array(buffer))) };
}

function candidates(): Candidate[] {
  const given = process.env.RNN_BLAS;
  if (given) return [{ library: given, prefix: given.includes("scipy_openblas") ? "scipy_" : "" }];
  const ours = environmentLibraries().map((library) => ({ library, prefix: "scipy_" }));
  const system =
    process.platform === "darwin"
      ? ["/System/Library/Frameworks/Accelerate.framework/Accelerate"]
      : ["libopenblas.so.0", "libopenblas.so"];
  return [...ours, ...system.map((library) => ({ library, prefix: "" }))];
}

/** OpenBLAS of the Python package scipy-openblas32 in the project's `.venv`. */
function environmentLibraries(): string[] {
  const environment = join(__dirname, "..", "..", "..", ".venv");
  const libraries = join(environment, "lib");
  const packages = [
    join(environment, "Lib", "site-packages"),
    ...(existsSync(libraries)
      ? readdirSync(libraries).map((python) => join(libraries, python, "site-packages"))
      : []),
  ];
  return packages.flatMap((folder) => {
    const lib = join(folder, "scipy_openblas32", "lib");
    if (!existsSync(lib)) return [];
    return readdirSync(lib)
      .filter((file) => /^libscipy_openblas\.(so|dylib|dll)$/.test(file))
      .map((file) => join(lib, file));
  });
}

/**
 * OpenBLAS takes some processors with AVX-512 for a Haswell, at half their speed. Where the processor has AVX-512 and
 * the user chose nothing, its kernels for it are asked for; never on a processor that lacks it.
 */
function chooseCoreType(): void {
  if (process.env.OPENBLAS_CORETYPE || process.platform !== "linux" || process.arch !== "x64") return;
  if (/\bavx512vl\b/.test(readFileSync("/proc/cpuinfo", "utf8"))) process.env.OPENBLAS_CORETYPE = "SkylakeX";
}
