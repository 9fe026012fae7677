import { readFileSync } from "node:fs";
import { platform } from "node:process";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { LanguageServer } from "../../../src/jupyter/compiler/language-server";
import { Notebook } from "./notebook";

const request = vi.spyOn(LanguageServer.prototype, "request");
let notebook: Notebook;

afterEach(() => notebook.close());

/** A notebook beside a project of the user's with much code, and the checker that serves it. */
async function besideProject(): Promise<LanguageServer> {
  notebook = await Notebook.open({
    "tsconfig.json": '{ "compilerOptions": { "strict": true } }',
    "other.ts": `export const other = 1; // ${"x".repeat(8e6)}`,
  });
  await notebook.run("1 + 1");
  return request.mock.contexts.at(-1) as LanguageServer;
}

test("cells belong to the notebook's project, not to that of the folder", async () => {
  const server = await besideProject();
  const uri = pathToFileURL(`${notebook.folder}/__notebook_cell.ts`).href;
  const info = await server.request("custom/projectInfo", { textDocument: { uri } });
  expect(info).toEqual({ configFilePath: "/__notebook_tsconfig.json" });
});

test.runIf(platform === "linux")("files that no cell imports are not read", async () => {
  const server = await besideProject();
  const read = /^rchar: (\d+)$/m.exec(readFileSync(`/proc/${server.pid}/io`, "utf8"))?.[1];
  expect(Number(read)).toBeLessThan(8e6);
});
