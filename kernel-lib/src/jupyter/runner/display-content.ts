import type { MimeBundle } from "../protocol";
import { JsonBytes } from "./json-bytes";

/**
 * The content of `display_data` and `update_display_data` as UTF-8.
 * @param bundle all of it can be written as JSON
 */
export function displayContent(
  bundle: MimeBundle,
  metadata: Record<string, unknown>,
  displayId: string | undefined,
): Uint8Array<ArrayBuffer> {
  const texts = Object.values(bundle).filter((data) => typeof data === "string");
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  // An eighth for escapes; memory that is not written to costs nothing.
  const json = new JsonBytes(length + (length >> 3));
  let before = '{"data":{';
  for (const [type, data] of Object.entries(bundle)) {
    const written = typeof data === "string" ? data : JSON.stringify(data);
    if (written === undefined) continue;
    json.add(`${before}${JSON.stringify(type)}:`);
    if (written === data) json.addString(written);
    else json.add(written);
    before = ",";
  }
  const transient = displayId === undefined ? {} : { display_id: displayId };
  const empty = before === "," ? "" : before;
  json.add(`${empty}},"metadata":${JSON.stringify(metadata)},"transient":${JSON.stringify(transient)}}`);
  return json.bytes;
}
