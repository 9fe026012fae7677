import { describe, expect, test } from "vitest";
import { content, result, sleep, text, useKernel } from "./kernel";
import { type OtherFrontEnd, useOtherFrontEnds } from "./other-front-end";

const kernel = useKernel();
const open = useOtherFrontEnds(kernel);

describe("a front end that comes late", () => {
  test("is welcomed, hears the rest of what is printed, and the idle", async () => {
    const frontEnd = await new Promise<OtherFrontEnd>((resolve) => {
      void kernel.run('console.log("early"); prompt(); console.log("late")', {
        onInput: async () => {
          await sleep(100);
          const late = open();
          await late.welcomed();
          resolve(late);
          return "";
        },
      });
    });
    await frontEnd.until(() =>
      frontEnd.received.some(({ message }) => message.content.execution_state === "idle"),
    );
    const printed = frontEnd.received.filter(({ message }) => message.header.msg_type === "stream");
    expect(printed.map(({ message }) => message.content.text).join("")).toBe("late\n");
  });
});

describe("two front ends at once", () => {
  test("each gets its own replies; both see all outputs with their parents", async () => {
    const other = open();
    await other.welcomed();
    const mine = kernel.run('console.log("mine"); await new Promise((r) => setTimeout(r, 50)); 1');
    const reply = await other.ask("execute_request", { code: 'console.log("theirs"); 2' });
    expect(reply.header.msg_type).toBe("execute_reply");
    expect(text(await mine)).toBe("mine\n");
    expect(content(await mine, "execute_result")).toMatchObject({ data: { "text/plain": "1" } });
    await other.until(() =>
      other.of(reply.parent_header.msg_id!).some(({ message }) => message.content.execution_state === "idle"),
    );
    expect(other.received.filter(({ channel }) => channel === "shell")).toHaveLength(1);
    const printed = other.received.filter(({ message }) => message.header.msg_type === "stream");
    expect(printed.map(({ message }) => message.content.text)).toContain("theirs\n");
  });

  test("one interrupts the other's cell", async () => {
    const other = open();
    const running = kernel.run('console.log("begun"); for (;;);');
    await sleep(50);
    expect((await other.ask("interrupt_request", {}, { channel: "control" })).content.status).toBe("ok");
    expect((await running).reply.ename).toBe("KeyboardInterrupt");
  });

  test("one vanishes in the middle of its output: the kernel works on for the other", async () => {
    const other = open();
    await other.welcomed();
    const asked = other.ask("execute_request", {
      code: 'for (let i = 0; i < 50_000; i++) console.log("x".repeat(100));',
    });
    asked.catch(() => {});
    await other.until(() => other.received.some(({ message }) => message.header.msg_type === "stream"));
    other.close();
    expect(result(await kernel.run("1 + 1"))).toBe("2");
  });
});
