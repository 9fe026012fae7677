import { JSDOM } from "jsdom";
import { content, type TestKernel, traceback } from "./kernel";

/** The bundle of a cell's result. */
export async function shown(kernel: TestKernel, code: string): Promise<Record<string, string>> {
  const executed = await kernel.run(code);
  if (executed.status !== "ok") throw new Error(traceback(executed));
  return content(executed, "execute_result")?.data as Record<string, string>;
}

/** A bundle's table as a reader meets it. */
export function tableIn({ "text/html": html }: Record<string, string>) {
  const { document } = new JSDOM(html).window;
  const texts = (selector: string) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
  const rows = [...document.querySelectorAll("tbody tr")];
  return {
    document,
    caption: document.querySelector("caption")?.textContent,
    columns: texts("thead th[scope=col]"),
    labels: texts("tbody th[scope=row]"),
    cells: rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)),
  };
}
