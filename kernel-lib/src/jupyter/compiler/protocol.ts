/** A place in a file; both count from 0, in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** What the checker says of a place in a file. */
export interface Problem {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly severity?: number;
  readonly code?: number;
  readonly message: string;
  readonly relatedInformation?: readonly {
    readonly location: { readonly uri: string; readonly range: { readonly start: Position } };
    readonly message: string;
  }[];
}

export interface CompletionItem {
  readonly label: string;
  readonly kind?: number;
  readonly sortText?: string;
  readonly filterText?: string;
  readonly insertText?: string;
  readonly textEdit?: { readonly newText: string; readonly range?: { start: Position; end: Position } };
}

export interface SignatureHelp {
  readonly signatures: readonly {
    readonly label: string;
    readonly documentation?: { readonly value: string };
    readonly parameters?: readonly {
      readonly label: string;
      readonly documentation?: { readonly value: string };
    }[];
  }[];
  readonly activeSignature?: number;
  readonly activeParameter?: number;
}

/** What the checker says of a range of a file. */
export interface OffsetProblem {
  readonly pos: number;
  readonly end: number;
  readonly code: number;
  readonly text: string;
}

/** What the checker says of a tsconfig.json. */
export interface ConfigProblem extends OffsetProblem {
  readonly file: string | undefined;
  /** The file could not be understood, as against an option that does not fit. */
  readonly parsing: boolean;
}
