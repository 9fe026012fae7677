import { createRequire } from "node:module";
import { join } from "node:path";
import { labels } from "./contestants.mjs";
import { writeWhole } from "./journal.mjs";

const axes = {
  batch: "sequences in a batch",
  length: "time steps",
  units: "units",
  threads: "threads",
};

/**
 * Draws how the cost grows, one figure a curve.
 *
 * @param {{ curve: string, x: number, engine: string, threads: number, ms: number }[]} points
 * @param {string} folder where `bench-CURVE.png` goes
 * @returns {Promise<string[]>} the files
 */
export async function drawCurves(points, folder) {
  const { lineChart, renderStatic } = createRequire(import.meta.url)("../dist/index.js");
  const files = [];
  for (const [curve, xTitle] of Object.entries(axes)) {
    const here = points.filter((point) => point.curve === curve).sort((a, b) => a.x - b.x);
    if (new Set(here.map(({ x }) => x)).size < 2) continue;
    const engines = [...new Set(here.map(({ engine }) => engine))];
    const figure = lineChart({
      title: `LSTM: time of a training step by ${curve}`,
      xTitle,
      yTitle: "milliseconds a step",
      xScale: "log",
      yScale: "log",
      series: engines.map((engine) => {
        const line = here.filter((point) => point.engine === engine);
        return { name: labels[engine], x: line.map(({ x }) => x), y: line.map(({ ms }) => ms) };
      }),
    });
    const { png } = await renderStatic(figure, { width: 520, height: 340, scale: 1.25 });
    const file = join(folder, `bench-${curve}.png`);
    writeWhole(file, png);
    files.push(file);
  }
  return files;
}
