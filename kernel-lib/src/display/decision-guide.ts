import type { FlowchartNode } from "../plot/flowchart";
import { describeFlowchart } from "../plot/flowchart";
import { type Html, html } from "./formats";
import { type Displayable, displaySymbol } from "./mime";

/**
 * A flowchart that asks: one question at a time, its answers folded one inside the other. It is made of `<details>`, so
 * that it works by keyboard and screen reader and without a kernel.
 *
 * @param explain what is said at a box below its text: why it is asked, or what supports the advice
 */
export function decisionGuide(
  root: FlowchartNode,
  { title, explain }: { title: string; explain: (node: FlowchartNode) => Html | undefined },
): Displayable {
  const markup = html`<section aria-label="${title}">${box(root, explain)}</section>`.markup;
  return {
    [displaySymbol]: () => ({ "text/html": markup, "text/plain": `${title}: ${describeFlowchart(root)}` }),
  };
}

function box(node: FlowchartNode, explain: (node: FlowchartNode) => Html | undefined): Html {
  const about = explain(node) ?? html``;
  const { text, next = [] } = node;
  if (next.length === 0) return html`<p><strong>→ ${text}</strong></p>${about}`;
  if (next.length === 1) return html`<p>${text}</p>${about}${box(next[0].to, explain)}`;
  const answers = next.map(
    ({ answer = "", to }) =>
      html`<details style="margin:0.4em 0;padding-left:0.8em;border-left:3px solid #767676"><summary style="cursor:pointer">${answer}</summary>${box(to, explain)}</details>`,
  );
  return html`<p><strong>${text}</strong></p>${about}${answers}`;
}
