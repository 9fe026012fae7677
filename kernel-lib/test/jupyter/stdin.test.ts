import { describe, expect, test } from "vitest";
import { result, text, traceback, useKernel } from "./kernel";

const kernel = useKernel();

describe("prompt", () => {
  test("waits for the user's line and returns it", async () => {
    const asked: unknown[] = [];
    const executed = await kernel.run('const name = prompt("Name? "); "Hello " + name', {
      onInput: (...question) => {
        asked.push(question);
        return "नमस्ते 🙂";
      },
    });
    expect(asked).toEqual([["Name? ", false]]);
    expect(result(executed)).toBe("'Hello नमस्ते 🙂'");
  });

  test("asks for a password where it is told to", async () => {
    const asked: unknown[] = [];
    await kernel.run('prompt("Secret", { password: true })', {
      onInput: (...question) => {
        asked.push(question);
        return "";
      },
    });
    expect(asked).toEqual([["Secret", true]]);
  });

  test("takes a line of a megabyte, and many lines", async () => {
    expect(result(await kernel.run("prompt().length", { onInput: () => "é".repeat(1e6) }))).toBe("1000000");
    let line = 0;
    const code = "let sum = 0; for (let i = 0; i < 20; i++) sum += Number(prompt(String(i))); sum";
    expect(result(await kernel.run(code, { onInput: () => String(line++) }))).toBe("190");
  });

  test("shows what was printed before it while it waits", async () => {
    const seen: string[] = [];
    await kernel.run('console.log("before"); prompt()', {
      onOutput: ({ content }) => seen.push(String(content.text)),
      onInput: async () => {
        for (let i = 0; i < 100 && seen.length === 0; i++) await new Promise((r) => setTimeout(r, 20));
        return seen.join("");
      },
    });
    expect(seen[0]).toBe("before\n");
  });

  test("is an error where the front end takes no input", async () => {
    const failed = await kernel.run('prompt("x")', { allowStdin: false });
    expect(failed.reply.ename).toBe("StdinNotImplementedError");
    expect(traceback(failed)).toContain(`cell[${failed.executionCount}]:1:1`);
  });

  test("is interrupted while it waits; the late answer goes to nobody", async () => {
    let answer!: (line: string) => void;
    const waiting = kernel.run("prompt()", {
      onInput: () => new Promise<string>((resolve) => (answer = resolve)),
    });
    while (!answer) await new Promise((r) => setTimeout(r, 10));
    await kernel.client.interrupt();
    expect((await waiting).reply.ename).toBe("KeyboardInterrupt");
    const next = await kernel.run('console.log(prompt("again"))', {
      onInput: async () => {
        answer("late");
        await new Promise((r) => setTimeout(r, 100));
        return "fresh";
      },
    });
    expect(text(next)).toBe("fresh\n");
  });
});
