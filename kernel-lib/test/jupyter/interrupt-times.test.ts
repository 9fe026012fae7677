import { describe, expect, test } from "vitest";
import { Subscriber } from "zeromq";
import { address } from "../../src/jupyter/connection";
import { interruptOnce, interruptSuite } from "./interrupts";
import { result, useKernel } from "./kernel";

/** On a machine that is busy with other tests; the slow tests hold each to 50 ms. */
const SLOWEST_MS = 1000;
const LIMIT_MS = 60_000;

interruptSuite({ times: 20, slowestMs: SLOWEST_MS, growthMiB: 150 });

describe("an interrupt of", () => {
  const kernel = useKernel();

  test("a printing loop while another front end does not read", { timeout: LIMIT_MS }, async () => {
    const slow = new Subscriber({ receiveHighWaterMark: 1, linger: 0 });
    slow.connect(address(kernel.client.connection, "iopub"));
    slow.subscribe();
    try {
      await kernel.run("let kept = 0;");
      for (let i = 1; i <= 10; i++) {
        expect(
          await interruptOnce(
            kernel.client,
            `kept++; for (let i = 0; ; i++) console.log("x".repeat(80));`,
            20,
          ),
        ).toBeLessThan(SLOWEST_MS);
        expect(result(await kernel.run("kept"))).toBe(String(i));
      }
    } finally {
      slow.close();
    }
  });

  /** Types that keep the checker busy for seconds. */
  const SLOW_TYPES = `type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Text = \`\${Digit}\${Digit}\${Digit}\${Digit}\`;
type Count<T extends string, N extends 0[] = []> = T extends \`\${infer _}\${infer Rest}\` ? Count<Rest, [...N, 0]> : N["length"];
type All = { [K in Text]: Count<K> };
let all: All[Text] = 4; all = "text";`;

  test("a slow type check ends it at once, and the next cell is checked", { timeout: LIMIT_MS }, async () => {
    const running = kernel.run(SLOW_TYPES);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const started = performance.now();
    await kernel.client.interrupt();
    const { status } = await running;
    expect(status).toBe("error");
    expect(performance.now() - started).toBeLessThan(SLOWEST_MS);
    expect(result(await kernel.run("1 + 1"))).toBe("2");
  });
});
