import { expect, it } from "vitest";
import { details } from "../../src/display/details";
import { toBundle } from "../../src/display/mime";
import { table } from "../../src/display/table";

it("puts a table behind its summary, closed", () => {
  const answer = table([{ bias: 4.97 }]);
  const bundle = toBundle(details("Answer", answer));
  expect(bundle["text/html"]).toBe(
    `<details><summary>Answer</summary>${toBundle(answer)["text/html"]}</details>`,
  );
  expect(bundle["text/plain"]).toBe(`Answer:\n${toBundle(answer)["text/plain"]}`);
});

it("escapes the summary, and content that has no HTML of its own", () => {
  expect(toBundle(details("a < b?", "yes & no"))["text/html"]).toBe(
    "<details><summary>a &lt; b?</summary><pre>yes &amp; no</pre></details>",
  );
});
