/** What a comm's message carries. `buffers` are raw bytes, which travel beside the JSON of `data`. */
export interface CommContent {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** A channel to an object in the front end (Jupyter's custom messages). */
export interface Comm {
  readonly id: string;
  readonly closed: boolean;
  send(data: Record<string, unknown>, content?: Partial<CommContent>): void;
  close(): void;
  /** What the handler prints stands under the cell that opened the comm; the next cell waits for its promise. */
  onMessage(handler: (message: CommContent) => unknown): void;
  onClose(handler: () => unknown): void;
}

/** Opens comms, and takes those that the front end opens. */
export interface CommHost {
  open(target: string, content?: Partial<CommContent>): Comm;
  registerTarget(target: string, onOpen: (comm: Comm) => unknown): void;
}
