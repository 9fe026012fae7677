import { expect, test } from "vitest";
import { content, result, useKernel } from "./kernel";

const kernel = useKernel();

test("%who shows what cells call by the name of a global, and no type that is called so", async () => {
  await kernel.run('const process = "mine"; interface Map { a: 1 }; let plain = 2;');
  const data = content(await kernel.run("%who"), "display_data")?.data as Record<string, string>;
  expect(data["text/plain"]!.split("\n").map((line) => line.split(/\s+/))).toEqual([
    ["name", "type", "value"],
    ["process", '"mine"', "'mine'"],
    ["plain", "number", "2"],
  ]);
});

test("%reset forgets such names and leaves the globals as they are", async () => {
  await kernel.run("const fetch = 1; class Map { a = 1 }; interface Set { b: 2 }");
  expect((await kernel.run("%reset -f")).status).toBe("ok");
  const kinds = "[process, fetch, Map, Set].map((one) => typeof one).join()";
  expect(result(await kernel.run(kinds))).toBe("'object,function,function,function'");
  kernel.write("local.ts", "export const value: number = 3;");
  expect(result(await kernel.run('import { value } from "./local"; value'))).toBe("3");
});
