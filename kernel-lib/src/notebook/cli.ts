import { resolve } from "node:path";
import { readArguments, USAGE, UsageError } from "./arguments";
import { describeDifference } from "./compare";
import { CellError } from "./execute";
import type { Drawer } from "./pictures";
import { createProgress, type Progress, seconds } from "./progress";
import { type RunOptions, runNotebook } from "./run";

const ROOT = resolve(__dirname, "../../..");
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * The command `npm run notebooks`: executes the notebooks one after the other, reports on standard output, and gives the exit
 * code: 0 all well, 1 a notebook failed or differs, 2 a wrong command line. An interrupt ends the kernel and leaves the files as they were.
 */
export async function main(words: string[]): Promise<number> {
  let options: ReturnType<typeof readArguments>;
  try {
    options = readArguments(words, ROOT);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const progress = createProgress(process.stdout);
  endOnSignals(progress);
  const { files, ...rest } = options;
  const started = performance.now();
  const bad: string[] = [];
  for (const file of files) if (!(await reportOn(file, { ...rest, loadDrawer }, progress))) bad.push(file);
  progress.end();
  const count = `${files.length} ${files.length === 1 ? "notebook" : "notebooks"}`;
  const verdict = bad.length === 0 ? "all well" : `${bad.length} failed: ${bad.join(", ")}`;
  if (files.length > 1 || bad.length > 0)
    process.stdout.write(`${count} in ${seconds(started)}, ${verdict}\n`);
  return bad.length === 0 ? 0 : 1;
}

/** Runs one notebook and reports on it. Gives whether all was well. */
async function reportOn(file: string, options: RunOptions, progress: Progress): Promise<boolean> {
  const started = performance.now();
  try {
    const onStep = (step: string) => progress.step(`${file}  ${step}`);
    const differences = await runNotebook(file, { ...options, onStep });
    if (differences.length === 0) {
      progress.line(`✓ ${file}  ${seconds(started)}`);
      return true;
    }
    const outputs = differences.length === 1 ? "1 difference" : `${differences.length} differences`;
    progress.line(`✗ ${file}  ${outputs} from what is committed  ${seconds(started)}`);
    for (const difference of differences) progress.line(indent(describeDifference(difference)));
    return false;
  } catch (error) {
    progress.line(`✗ ${file}  ${seconds(started)}\n${indent(describeError(error as Error))}`);
    return false;
  }
}

function describeError(error: Error): string {
  if (!(error instanceof CellError)) return error.message;
  const heading = error.heading === "" ? "" : ` (under "${error.heading}")`;
  return `cell ${error.cell}${heading} failed: ${error.message}\n${indent(error.details)}`.trimEnd();
}

const indent = (text: string): string => text.replace(/^(?=.)/gm, "  ");

/** Ending the process ends its kernel, too. */
function endOnSignals(progress: Progress): void {
  for (const [signal, code] of Object.entries(SIGNALS))
    process.once(signal, () => {
      progress.line(`${signal}: stopped, the notebook at work was not saved`);
      process.exit(code);
    });
}

/** Fonts, plotly and the rasterizer are loaded when a notebook shows a picture. */
async function loadDrawer(): Promise<Drawer> {
  const [{ renderStatic }, { renderSvg }] = await Promise.all([
    import("../plot/static/render.js"),
    import("../plot/static/render-svg.js"),
  ]);
  return {
    // JupyterLab shows the picture pixel by pixel until the mouse is over it: a wider one is cut off beside the file browser.
    figure: async (figure) => (await renderStatic(figure, { width: 900, scale: 1 })).png,
    svg: (source) => renderSvg(source, 1),
  };
}
