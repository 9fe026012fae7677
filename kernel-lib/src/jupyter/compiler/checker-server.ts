import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageServer } from "./language-server";
import { socketFolder } from "./socket-folder";

/** No answer for so long means that the checker hangs. */
const timeout = 60_000;

/**
 * When the checker, which is written in Go, collects garbage by itself: when its memory has tripled. At a start it only
 * grows, and collections would take half of its time. Later the kernel tells it when to collect.
 */
const memory = { GOGC: "200" };

/**
 * Starts TypeScript's native checker as a language server. It need not be waited for: it reads what it is sent in order.
 *
 * @param configFile path of the tsconfig.json that is the project of all files
 */
export function startCheckerServer(cwd: string, configFile: string): LanguageServer {
  const folder = socketFolder(cwd);
  const env = { ...memory, ...process.env, ...(folder === undefined ? {} : { TMPDIR: folder }) };
  const server = new LanguageServer(checkerExecutable(), ["--lsp", "--stdio"], cwd, env, timeout);
  const markdown = ["markdown"];
  const userPreferences = {
    customConfigFileName: path.basename(configFile),
    suggest: { autoImports: false },
    // Otherwise the server runs npm by itself, to download types for packages that have none.
    disableAutomaticTypeAcquisition: true,
  };
  server.start("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(cwd).href,
    capabilities: {
      textDocument: {
        completion: { completionItem: { snippetSupport: false } },
        hover: { contentFormat: markdown },
        signatureHelp: { signatureInformation: { documentationFormat: markdown } },
      },
    },
    initializationOptions: { disablePushDiagnostics: true, logVerbosity: 0, userPreferences },
  });
  server.notify("initialized", {});
  // The preferences take effect with the first request for a file, which need not exist. Without it, the first file that
  // is opened would load the whole project of the user's tsconfig.json.
  const nowhere = pathToFileURL(path.join(path.parse(cwd).root, "nowhere.ts")).href;
  server.start("textDocument/hover", {
    textDocument: { uri: nowhere },
    position: { line: 0, character: 0 },
  });
  return server;
}

/** The path of the native type checker, which is in an optional package for each platform. */
export function checkerExecutable(): string {
  const typescript = createRequire(__filename).resolve("typescript/package.json");
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  const found = createRequire(typescript).resolve(`${platform}/package.json`);
  return path.join(path.dirname(found), "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
}
