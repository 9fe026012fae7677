import { JSDOM } from "jsdom";
import { expect, it } from "vitest";
import { decisionGuide } from "../../src/display/decision-guide";
import { html } from "../../src/display/formats";
import { toBundle } from "../../src/display/mime";
import type { FlowchartNode } from "../../src/plot/flowchart";

const chart: FlowchartNode = {
  text: "Long & far?",
  next: [
    {
      answer: "Yes",
      to: {
        text: "<LSTM>",
        next: [
          {
            to: {
              text: "Both?",
              next: [
                { answer: "A", to: { text: "a" } },
                { answer: "B", to: { text: "b" } },
              ],
            },
          },
        ],
      },
    },
    { answer: "No", to: { text: "RNN" } },
  ],
};
const bundle = toBundle(
  decisionGuide(chart, {
    title: 'Which "one"?',
    explain: ({ text }) => (text === "RNN" ? html`<p>measured: ${"<1>"}</p>` : undefined),
  }),
);
const { document } = new JSDOM(String(bundle["text/html"])).window;
const answers = [...document.querySelectorAll("summary")];

it("folds each answer's way behind the answer, all closed, one inside the other", () => {
  expect(answers.map((summary) => summary.textContent)).toEqual(["Yes", "A", "B", "No"]);
  expect(document.querySelectorAll("details[open]")).toHaveLength(0);
  const [yes, a, , no] = answers.map((summary) => summary.parentElement as Element);
  expect(yes.contains(a)).toBe(true);
  expect(yes.contains(no)).toBe(false);
  expect(a.textContent).toBe("A→ a");
});

it("says at a box what is known about it", () => {
  expect(answers[3].parentElement?.textContent).toBe("No→ RNNmeasured: <1>");
});

it("shows text literally, and is named for screen readers", () => {
  expect(document.querySelector("lstm")).toBeNull();
  expect(document.body.textContent).toContain("<LSTM>");
  expect(document.querySelector("section")?.getAttribute("aria-label")).toBe('Which "one"?');
});

it("is a text where HTML is not shown", () => {
  expect(bundle["text/plain"]).toBe(
    'Which "one"?: Long & far? Yes → Both? A → a. Long & far? Yes → Both? B → b. Long & far? No → RNN.',
  );
});
