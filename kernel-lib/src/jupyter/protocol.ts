/** The version of the Jupyter messaging protocol spoken here (https://jupyter-client.readthedocs.io/en/stable/messaging.html). */
export const PROTOCOL_VERSION = "5.4";

/** A JSON object as it stands in a message. */
export type Json = Record<string, unknown>;

/** The header of a message; a reply repeats its request's header as `parent_header`. */
export type Header = {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
};

/** A message as it travels: `identities` are the routing frames of its sender (or the topic on iopub). */
export type Message<Content = Json> = {
  identities: Buffer[];
  header: Header;
  parent_header: Partial<Header>;
  metadata: Json;
  content: Content;
  buffers: Buffer[];
};

/** The content of a message to send: an object, or the bytes of its JSON. */
export type Content = Json | Uint8Array;

/** A MIME bundle: representations of one value by MIME type. */
export type MimeBundle = Record<string, unknown>;

export type ErrorContent = { ename: string; evalue: string; traceback: string[] };

export type ExecuteRequest = {
  code: string;
  silent?: boolean;
  store_history?: boolean;
  user_expressions?: Record<string, string>;
  allow_stdin?: boolean;
  stop_on_error?: boolean;
};

export type HistoryRequest = {
  hist_access_type?: "range" | "tail" | "search";
  output?: boolean;
  session?: number;
  start?: number;
  stop?: number;
  n?: number;
  pattern?: string;
  unique?: boolean;
};

export type CodeRequest = { code: string; cursor_pos?: number; detail_level?: 0 | 1 };

/** The messages of a comm, which both sides send. */
export type CommMessageType = "comm_open" | "comm_msg" | "comm_close";
