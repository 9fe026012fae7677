import { pathToFileURL } from "node:url";
import type { LanguageServer } from "./language-server";

interface Document {
  readonly uri: string;
  text: string;
  version: number;
}

/** The files that a language server has in its memory only, as it was told of them. */
export class Documents {
  private readonly documents = new Map<string, Document>();

  constructor(private readonly server: Pick<LanguageServer, "notify">) {}

  /**
   * Gives a file its text.
   *
   * @returns whether that is new to the server
   */
  set(file: string, text: string): boolean {
    const document = this.documents.get(file);
    if (document?.text === text) return false;
    if (document) this.change(document, text);
    else this.open(file, text);
    return true;
  }

  private open(file: string, text: string): void {
    const opened = { uri: pathToFileURL(file).href, text, version: 1 };
    this.documents.set(file, opened);
    const languageId = file.endsWith(".json") ? "jsonc" : "typescript";
    this.server.notify("textDocument/didOpen", { textDocument: { ...opened, languageId } });
  }

  private change(document: Document, text: string): void {
    const contentChanges = changesFrom(document.text, text);
    document.text = text;
    document.version += 1;
    const { uri, version } = document;
    this.server.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
  }
}

/** What changed of a text; a file that only grows is not sent anew. */
function changesFrom(old: string, text: string): object[] {
  if (!text.startsWith(old)) return [{ text }];
  const lines = old.split("\n");
  const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  return [{ range: { start: end, end }, text: text.slice(old.length) }];
}
