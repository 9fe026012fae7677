import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { findChromium } from "../../setup/chromium.mjs";

/** For machines that have much else to do. */
const patienceMs = 120_000;
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), args: quiet, chromiumSandbox: false });

/** The little of JupyterLab's own objects that the tests ask. */
interface Model {
  type: string;
  executionCount: number | null;
  executionState: string;
  sharedModel: { getSource(): string };
  outputs: { toJSON(): Output[] };
}
interface Output {
  output_type: string;
  text?: string | string[];
  evalue?: string;
  data?: Record<string, unknown>;
}
interface Notebook {
  widgets: { model: Model }[];
  scrollToItem(index: number, align: string): Promise<void>;
}
interface NotebookPanel {
  content: Notebook;
  context: { isReady: boolean; model: { dirty: boolean } };
  sessionContext: { isReady: boolean; session?: { kernel?: { status: string } } };
}
declare global {
  interface Window {
    jupyterapp?: { shell: { currentWidget?: NotebookPanel } };
  }
}

/** What a notebook's model holds of a code cell. */
export interface CodeCell {
  index: number;
  count: number | null;
  outputs: { type: string; text: string; mimeTypes: string[] }[];
}

/** A notebook open in JupyterLab. */
export class Lab {
  private constructor(readonly page: Page) {}

  /** Opens a notebook and waits until its kernel is ready. */
  static async open(browser: Browser, address: string): Promise<Lab> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    await page.goto(address);
    const lab = new Lab(page);
    await lab.idle();
    await page.locator(".jp-NotebookPanel .jp-Notebook .jp-Cell").first().waitFor();
    return lab;
  }

  /** Waits until the kernel has nothing to do. */
  idle(timeout = patienceMs): Promise<void> {
    return this.status("idle", timeout);
  }

  /** Waits until the kernel is at work. */
  busy(timeout = patienceMs): Promise<void> {
    return this.status("busy", timeout);
  }

  private async status(status: string, timeout: number): Promise<void> {
    const reached = (wanted: string) => {
      const panel = window.jupyterapp?.shell.currentWidget;
      return panel?.context?.isReady && panel.sessionContext.session?.kernel?.status === wanted;
    };
    await this.page.waitForFunction(reached, status, { timeout });
  }

  /** Starts a cell with Ctrl+Enter. */
  async startCell(index: number): Promise<void> {
    await this.edit(index);
    await this.page.keyboard.press("Control+Enter");
  }

  /** Runs a cell with Ctrl+Enter and waits for it. */
  async runCell(index: number): Promise<void> {
    await this.startCell(index);
    await this.page.waitForFunction((i) => {
      const model = window.jupyterapp!.shell.currentWidget!.content.widgets[i]?.model;
      return model?.executionCount !== null && model?.executionState === "idle";
    }, index);
  }

  /** A cell's code. */
  source(index: number): Promise<string | undefined> {
    return this.page.evaluate(
      (i) => window.jupyterapp!.shell.currentWidget!.content.widgets[i]?.model.sharedModel.getSource(),
      index,
    );
  }

  /** Runs all cells from the menu and waits for the last. */
  async runAll(timeout: number): Promise<void> {
    await this.page.getByRole("menuitem", { name: "Run", exact: true }).click();
    await this.page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
    await this.page.waitForFunction(
      () => {
        const notebook = window.jupyterapp!.shell.currentWidget!.content;
        return notebook.widgets.every(
          ({ model }) =>
            model.type !== "code" || !model.sharedModel.getSource().trim() || model.executionState === "idle",
        );
      },
      undefined,
      { timeout },
    );
    await this.idle();
  }

  /** The kernel's name, as the toolbar shows it. */
  kernelName(): Promise<string> {
    return this.page.locator(".jp-NotebookPanel .jp-KernelName").innerText();
  }

  /** All code cells with their outputs, from the model: scrolling has no part in it. */
  codeCells(): Promise<CodeCell[]> {
    return this.page.evaluate(() => {
      const cells = window.jupyterapp!.shell.currentWidget!.content.widgets;
      return cells.flatMap(({ model }, index) => {
        if (model.type !== "code") return [];
        const outputs = model.outputs.toJSON().map((output) => ({
          type: output.output_type,
          text: [output.text, output.evalue, output.data?.["text/plain"]].flat().filter(Boolean).join(""),
          mimeTypes: Object.keys(output.data ?? {}),
        }));
        return [{ index, count: model.executionCount, outputs }];
      });
    });
  }

  /** Whether the notebook differs from its file. */
  isChanged(): Promise<boolean> {
    return this.page.evaluate(() => window.jupyterapp!.shell.currentWidget!.context.model.dirty);
  }

  /** Brings a cell into view and returns its element. */
  async cell(index: number): Promise<Locator> {
    await this.page.evaluate(async (i) => {
      await window.jupyterapp!.shell.currentWidget!.content.scrollToItem(i, "start");
    }, index);
    const cell = this.page.locator(`.jp-Notebook .jp-Cell[data-windowed-list-index="${index}"]`);
    await cell.waitFor({ state: "attached" });
    return cell;
  }

  /** Makes a cell's editor active, with the cursor at the end. */
  async edit(index: number): Promise<void> {
    await (await this.cell(index)).locator(".cm-content").click();
    await this.page.keyboard.press("Control+End");
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
