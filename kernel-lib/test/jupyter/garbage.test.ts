import { setTimeout as sleep } from "node:timers/promises";
import { getHeapStatistics } from "node:v8";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Garbage } from "../../src/jupyter/garbage";

const used = () => getHeapStatistics().used_heap_size / 2 ** 20;
let garbage: Garbage;
let watched = false;
/** V8 may collect garbage at any time, so that memory alone does not tell who has. */
let collections = 0;

beforeEach(() => {
  collections = 0;
});
afterEach(() => garbage.close());

/** Objects that have lived through some collections of young ones. */
function oldObjects(): unknown[] {
  const kept = Array.from({ length: 200_000 }, (_, index) => ({ index, text: `${index}` }));
  for (let i = 0; i < 100; i++) Array.from({ length: 20_000 }, (_, index) => ({ index }));
  return kept;
}

test("what is no longer needed is freed at rest, not before", async () => {
  garbage = new Garbage(
    () => watched,
    () => collections++,
  );
  const before = used();
  oldObjects();
  for (let i = 0; i < 10; i++) {
    garbage.rest();
    await sleep(50);
  }
  expect(collections).toBe(0);
  await sleep(600);
  expect(collections).toBeGreaterThan(0);
  expect(used()).toBeLessThan(before + 4);
});

test("code that goes on by timers is not held up", async () => {
  garbage = new Garbage(
    () => watched,
    () => collections++,
  );
  const before = used();
  oldObjects();
  const busy = setInterval(() => {
    for (const until = performance.now() + 20; performance.now() < until; );
  }, 30);
  garbage.rest();
  await sleep(900);
  const during = collections;
  clearInterval(busy);
  await sleep(900);
  expect(during).toBe(0);
  expect(collections).toBeGreaterThan(0);
  expect(used()).toBeLessThan(before + 4);
});

test("nothing is done while the memory is watched", async () => {
  watched = true;
  garbage = new Garbage(
    () => watched,
    () => collections++,
  );
  const before = used();
  oldObjects();
  garbage.rest();
  await sleep(700);
  expect(collections).toBe(0);
  watched = false;
  await sleep(700);
  expect(collections).toBeGreaterThan(0);
  expect(used()).toBeLessThan(before + 4);
});
