import { JSDOM } from "jsdom";
import { expect, it } from "vitest";
import { html, latex, markdown, svg } from "../../src/display/formats";
import { type Displayable, displaySymbol } from "../../src/display/mime";

const bundle = (value: Displayable) => value[displaySymbol]();
const hostile = "<script>alert(1)</script> & \" ' ]]> नमस्ते";

it("HTML, Markdown, LaTeX and SVG each come with a text", () => {
  expect(bundle(html("<i>x</i>"))).toEqual({ "text/html": "<i>x</i>", "text/plain": "<i>x</i>" });
  expect(bundle(markdown("*x*"))).toEqual({ "text/markdown": "*x*", "text/plain": "*x*" });
  expect(bundle(latex("\\sigma(x)"))).toEqual({ "text/latex": "$$\\sigma(x)$$", "text/plain": "\\sigma(x)" });
  expect(bundle(svg('<svg xmlns="http://www.w3.org/2000/svg"/>', "nothing"))).toEqual({
    "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "text/plain": "nothing",
  });
});

it("an HTML template escapes what is put in, in text and in attributes", () => {
  const markup = html`<p title="${hostile}">${hostile}</p>`.markup;
  const { document } = new JSDOM(markup).window;
  expect(document.querySelector("script")).toBeNull();
  expect(document.querySelector("p")?.title).toBe(hostile);
  expect(document.querySelector("p")?.textContent).toBe(hostile);
});

it("an HTML template takes other HTML as it is, also in arrays", () => {
  const items = ["a<b", 2].map((text) => html`<li>${text}</li>`);
  expect(html`<ul>${items}</ul>${html("<hr>")}`.markup).toBe("<ul><li>a&lt;b</li><li>2</li></ul><hr>");
});

it("a LaTeX template keeps its backslashes", () => {
  const n = 2;
  expect(bundle(latex`\frac{1}{${n}}`)["text/latex"]).toBe("$$\\frac{1}{2}$$");
});

it("an SVG picture gets the namespace that it needs as an image", () => {
  expect(bundle(svg('<svg width="1"></svg>', "x"))["image/svg+xml"]).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" width="1"></svg>',
  );
});

it("what is no SVG is an error", () => {
  expect(() => svg("<p>", "x")).toThrow('svg: source: expected an <svg> element, got "<p>"');
});
