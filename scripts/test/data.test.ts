import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const folder = join(__dirname, "../../data");
/** The rows `| \`text/name.txt\` | … | code points | \`sha256\` |` of the README. */
const listed = [
  ...readFileSync(join(folder, "README.md"), "utf8").matchAll(
    /^\| `(text\/.+?)` \|.*\| ([\d,]+) \| `(.+?)` \|$/gm,
  ),
].map(([, file, codePoints, sha256]) => ({ file, codePoints: Number(codePoints.replace(/,/g, "")), sha256 }));

describe("data/text", () => {
  it("is listed file by file in data/README.md", () => {
    expect(listed.map(({ file }) => file).sort()).toEqual(
      readdirSync(join(folder, "text")).map((name) => `text/${name}`),
    );
  });

  it.each(listed)("$file is what the README says it is", ({ file, codePoints, sha256 }) => {
    const bytes = readFileSync(join(folder, file));
    const text = bytes.toString("utf8");
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    expect([...text]).toHaveLength(codePoints);
    expect(text).toBe(text.normalize("NFC"));
    expect(text.endsWith("\n") && !text.includes("\r")).toBe(true);
  });
});
