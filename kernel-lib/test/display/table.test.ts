import { JSDOM } from "jsdom";
import { expect, it } from "vitest";
import { escapeHtml } from "../../src/display/html";
import { displaySymbol } from "../../src/display/mime";
import { progressBar } from "../../src/display/progress";
import { table } from "../../src/display/table";

const parse = (html: unknown) => new JSDOM(String(html)).window.document;
const hostile = `<script>alert("x")</script>&'`;

it("a table has a caption, column headers, and row headers in a text column", () => {
  const rows = [
    { model: "unigram", perplexity: 18.25 },
    { model: "LSTM", perplexity: 5 },
  ];
  const document = parse(table(rows, { caption: "Test", digits: 2 })[displaySymbol]()["text/html"]);
  expect(document.querySelector("caption")?.textContent).toBe("Test");
  expect([...document.querySelectorAll("th[scope=col]")].map((th) => th.textContent)).toEqual([
    "model",
    "perplexity",
  ]);
  expect([...document.querySelectorAll("th[scope=row]")].map((th) => th.textContent)).toEqual([
    "unigram",
    "LSTM",
  ]);
  expect([...document.querySelectorAll("td")].map((td) => td.textContent)).toEqual(["18.25", "5"]);
});

it("a table scrolls in a region that has its caption as name and takes the keyboard", () => {
  const named = parse(table([{ a: 1 }], { caption: hostile })[displaySymbol]()["text/html"]).querySelector(
    "div",
  );
  expect([named?.getAttribute("role"), named?.getAttribute("aria-label")]).toEqual(["region", hostile]);
  expect(named?.tabIndex).toBe(0);
  const unnamed = parse(table([{ a: 1 }])[displaySymbol]()["text/html"]).querySelector("div");
  expect(unnamed?.getAttribute("aria-label")).toBe("Table");
});

it("a table's text is aligned: words left, numbers right", () => {
  const rows = [
    { model: "a", loss: 1.5 },
    { model: "long name", loss: 10 },
  ];
  expect(table(rows, { caption: "Losses", digits: 1 })[displaySymbol]()["text/plain"]).toBe(
    "Losses\nmodel      loss\n---------  ----\na           1.5\nlong name    10",
  );
});

it("hostile text stays text: in cells, headers, captions and progress labels", () => {
  const bundles = [table([{ [hostile]: hostile }], { caption: hostile }), progressBar(hostile, 50, hostile)];
  for (const value of bundles) {
    const document = parse(value[displaySymbol]()["text/html"]);
    expect(document.querySelector("script")).toBeNull();
    expect(document.body.textContent).toContain(hostile);
  }
  expect(escapeHtml(hostile)).toBe("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;");
});

it("a table without rows is an error", () => {
  expect(() => table([])).toThrow("table: rows: expected at least one row, got none");
});

it("missing values are empty, not finite ones are named", () => {
  const text = table([{ a: null, b: Number.NaN, c: true }])[displaySymbol]()["text/plain"];
  expect(String(text).split("\n")[2]).toBe("   NaN  true");
});
