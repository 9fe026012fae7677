/**
 * Checks the `with { … }` of an import, as Node.js does.
 *
 * @param attributes undefined where there is none
 * @param url what is imported
 * @throws TypeError where Node.js knows no such attribute, or the module is of another type
 */
export function checkImportAttributes(attributes: unknown, url: () => string): void {
  if (attributes === undefined) return;
  if (typeof attributes !== "object" || attributes === null)
    throw new TypeError("The 'with' option of import() must be an object");
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value !== "string") throw new TypeError(`Import attribute "${name}" must be a string`);
    if (name !== "type" || value !== "json")
      throw typeError(
        "ERR_IMPORT_ATTRIBUTE_UNSUPPORTED",
        `Import attribute "${name}" with value "${value}" is not supported`,
      );
    const found = url();
    if (!found.endsWith(".json"))
      throw typeError("ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE", `Module "${found}" is not of type "json"`);
  }
}

function typeError(code: string, message: string): TypeError {
  return Object.assign(new TypeError(message), { code });
}
