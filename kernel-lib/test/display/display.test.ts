import { createRequire } from "node:module";
import { inspect } from "node:util";
import { afterEach, expect, it, vi } from "vitest";
import { createDisplay, display, interruptRequested } from "../../src/display/display";
import { displaySymbol, toBundle } from "../../src/display/mime";

const kernelKey = Symbol.for("jupyter.kernel");
type Shown = { bundle: Record<string, unknown>; options?: { displayId?: string; update?: boolean } };

/** A kernel as the contract describes it, which remembers what it was told to show. */
function insideKernel(): Shown[] {
  const shown: Shown[] = [];
  Reflect.set(globalThis, kernelKey, {
    display: (bundle: Shown["bundle"], options?: Shown["options"]) => shown.push({ bundle, options }),
    clearOutput() {},
    format: (value: unknown) => ({ "text/plain": `the kernel's own view of ${inspect(value)}` }),
    interrupt: { requested: () => true, cooperate: <T>(work: () => Promise<T>) => work() },
  });
  return shown;
}

/** The API of the tslab that is installed, its messages caught where it would send them. */
function insideTslab(): {
  data: Record<string, unknown>;
  transient: { display_id?: string };
  update: boolean;
}[] {
  const locate = createRequire(import.meta.url);
  const sent: ReturnType<typeof insideTslab> = [];
  locate("tslab/dist/jupyter").lastWriteDisplayData = (content: (typeof sent)[0], update: boolean) =>
    sent.push({ ...content, update: Boolean(update) });
  Reflect.set(globalThis, "__tslab__", { require: locate });
  return sent;
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, kernelKey);
  Reflect.deleteProperty(globalThis, "__tslab__");
  vi.restoreAllMocks();
});

const rich = { [displaySymbol]: () => ({ "text/html": "<b>3</b>", "text/plain": "three" }) };

it("a displayable value shows its own bundle, a string itself, any other what the kernel makes of it", () => {
  const shown = insideKernel();
  for (const value of [rich, "as it is", { a: 1 }]) display(value);
  expect(shown.map(({ bundle }) => bundle)).toEqual([
    { "text/html": "<b>3</b>", "text/plain": "three" },
    { "text/plain": "as it is" },
    { "text/plain": "the kernel's own view of { a: 1 }" },
  ]);
});

it("a handle shows once and then updates in place, with an id of its own", () => {
  const shown = insideKernel();
  const [first, second] = [createDisplay(), createDisplay()];
  first.update("a");
  second.update("b");
  first.update("c");
  const [a, b, c] = shown.map(({ options }) => options);
  expect([a?.update, b?.update, c?.update]).toEqual([undefined, undefined, true]);
  expect(c?.displayId).toBe(a?.displayId);
  expect(b?.displayId).not.toBe(a?.displayId);
});

it("in tslab the richest representation is sent, and updates overwrite", () => {
  const sent = insideTslab();
  display(rich);
  const handle = createDisplay();
  handle.update(rich);
  handle.update("text");
  expect(sent.map(({ data }) => data)).toEqual([
    { "text/html": "<b>3</b>" },
    { "text/html": "<b>3</b>" },
    { "text/plain": "text" },
  ]);
  expect(sent.map(({ update }) => update)).toEqual([false, false, true]);
  expect(sent[2].transient.display_id).toBe(sent[1].transient.display_id);
});

it("outside a notebook the text is printed, and an update only when the text changes", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const handle = createDisplay();
  for (const text of ["a", "a", "b"]) handle.update(text);
  display(rich);
  expect(log.mock.calls).toEqual([["a"], ["b"], ["three"]]);
});

it("the kernel's interrupt is seen; elsewhere nothing interrupts", () => {
  expect(interruptRequested()).toBe(false);
  insideKernel();
  expect(interruptRequested()).toBe(true);
});

it("a value without a bundle of its own is text, null and functions too", () => {
  for (const value of [null, undefined, 3, () => 1])
    expect(Object.keys(toBundle(value))).toEqual(["text/plain"]);
});
