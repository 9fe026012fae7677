import { setTimeout as sleep } from "node:timers/promises";
import { getHeapStatistics } from "node:v8";
import { afterEach, expect, test } from "vitest";
import { Garbage } from "../../src/jupyter/garbage";

const used = () => getHeapStatistics().used_heap_size / 2 ** 20;
let garbage: Garbage;
let watched = false;

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
    () => {},
  );
  const before = used();
  oldObjects();
  const full = used();
  expect(full).toBeGreaterThan(before + 8);
  for (let i = 0; i < 10; i++) {
    garbage.rest();
    await sleep(50);
  }
  expect(used()).toBeGreaterThan(full - 4);
  await sleep(600);
  expect(used()).toBeLessThan(before + 4);
});

test("code that goes on by timers is not held up", async () => {
  garbage = new Garbage(
    () => watched,
    () => {},
  );
  const before = used();
  oldObjects();
  const busy = setInterval(() => {
    for (const until = performance.now() + 20; performance.now() < until; );
  }, 30);
  garbage.rest();
  await sleep(900);
  const during = used();
  clearInterval(busy);
  await sleep(900);
  expect(during).toBeGreaterThan(before + 8);
  expect(used()).toBeLessThan(before + 4);
});

test("nothing is done while the memory is watched", async () => {
  watched = true;
  garbage = new Garbage(
    () => watched,
    () => {},
  );
  const before = used();
  oldObjects();
  garbage.rest();
  await sleep(700);
  expect(used()).toBeGreaterThan(before + 8);
  watched = false;
  await sleep(700);
  expect(used()).toBeLessThan(before + 4);
});
