import type { Json, Message } from "./protocol";

/** A request whose content is not what the protocol says. */
export class RequestError extends Error {
  override readonly name = "RequestError";
}

type Kind = "string" | "boolean" | "integer" | "strings";

const CODE = { code: "string", cursor_pos: "integer", detail_level: "integer" } as const;

/** How deep a comm's data and metadata may be nested: beyond some thousands it cannot be handed to another thread. */
const MAX_DEPTH = 1000;

/** The fields that the kernel reads of each request. Only `code` is required. */
const FIELDS: Record<string, Record<string, Kind>> = {
  execute_request: {
    code: "string",
    silent: "boolean",
    store_history: "boolean",
    user_expressions: "strings",
    allow_stdin: "boolean",
    stop_on_error: "boolean",
  },
  complete_request: CODE,
  inspect_request: CODE,
  is_complete_request: CODE,
  history_request: {
    hist_access_type: "string",
    output: "boolean",
    session: "integer",
    start: "integer",
    stop: "integer",
    n: "integer",
    pattern: "string",
    unique: "boolean",
  },
};

/**
 * The content of a request, of which each field is absent or what the protocol says; fields that are null count as
 * absent. Throws RequestError that names the field, what was expected and what came.
 */
export function checkedContent({ header, metadata, content }: Message): Json {
  const type = header.msg_type;
  if (type.startsWith("comm_") && isDeeperThan([metadata, content], MAX_DEPTH))
    throw new RequestError(`${type}: expected at most ${MAX_DEPTH} levels of data, got more`);
  const fields = FIELDS[type];
  if (!fields) return content;
  const checked = { ...content };
  for (const [name, kind] of Object.entries(fields)) {
    const value = Object.hasOwn(content, name) ? content[name] : undefined;
    if (value === undefined || value === null) delete checked[name];
    else if (!is(value, kind)) refuse(type, name, kind, value);
  }
  if ("code" in fields && !Object.hasOwn(checked, "code")) refuse(type, "code", "string", undefined);
  return checked;
}

function is(value: unknown, kind: Kind): boolean {
  if (kind === "integer") return Number.isSafeInteger(value);
  if (kind !== "strings") return typeof value === kind;
  return (
    typeof value === "object" &&
    !Array.isArray(value) &&
    Object.values(value as Json).every((text) => typeof text === "string")
  );
}

/** Level by level, since recursion is what this protects from. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return false;
}

function refuse(type: string, field: string, kind: Kind, value: unknown): never {
  const expected = {
    string: "a string",
    boolean: "true or false",
    integer: "a whole number",
    strings: "an object of strings",
  }[kind];
  const got =
    typeof value === "object" ? "an object or array" : (JSON.stringify(value)?.slice(0, 40) ?? "nothing");
  throw new RequestError(`${type}: ${field}: expected ${expected}, got ${got}`);
}
