import { inTurn, Session } from "../session.mjs";

/** Fresh kernels: time from spawn to the first result. @type {import("../bench.mjs").Row} */
export const start = {
  id: "start",
  async run(field, { fresh }, add) {
    for (let round = 0; round < fresh; round++)
      for (const kernel of inTurn(field.kernels, round)) {
        const session = await Session.start(kernel, field.folder);
        try {
          await session.run(kernel.language.trivial(1));
          add("spawn to first result", kernel, "ms", performance.now() - session.started);
        } finally {
          await session.stop();
        }
      }
  },
};

/** Fresh kernels: the first cell that imports kernel-lib. @type {import("../bench.mjs").Row} */
export const library = {
  id: "import",
  async run(field, { fresh }, add) {
    for (let round = 0; round < fresh; round++)
      for (const kernel of inTurn(field.kernels, round)) {
        const { importKernelLib, trivial } = kernel.language;
        if (importKernelLib === undefined) continue;
        const session = await Session.start(kernel, field.folder);
        try {
          await session.run(trivial(1));
          add("first cell importing kernel-lib", kernel, "ms", await session.run(importKernelLib));
        } finally {
          await session.stop();
        }
      }
  },
};

/** Fresh kernels: the memory of all their processes. @type {import("../bench.mjs").Row} */
export const memory = {
  id: "memory",
  async run(field, { fresh }, add) {
    for (let round = 0; round < fresh; round++)
      for (const kernel of inTurn(field.kernels, round)) {
        const session = await Session.start(kernel, field.folder);
        try {
          await session.run(kernel.language.trivial(1));
          add("memory after start", kernel, "MB", await session.memory());
          if (kernel.language.importTf === "") continue;
          await session.run(kernel.language.importTf);
          add("memory after tfjs", kernel, "MB", await session.memory());
        } finally {
          await session.stop();
        }
      }
  },
};
