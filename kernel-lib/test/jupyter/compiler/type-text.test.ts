import { expect, test } from "vitest";
import { loadOxc } from "../../../src/jupyter/compiler/oxc";
import { namesInType } from "../../../src/jupyter/compiler/type-text";

const oxc = await loadOxc();

function names(text: string) {
  const found = namesInType(oxc, text);
  return found && { types: [...found.types].sort(), values: [...found.values].sort() };
}

test("the names that a type needs, without its own type parameters", () => {
  expect(names("number | string[]")).toEqual({ types: [], values: [] });
  expect(names("Map<string, Point>")).toEqual({ types: ["Map", "Point"], values: [] });
  expect(names("tf.Tensor<tf.Rank.R2>")).toEqual({ types: ["tf"], values: [] });
  expect(names("typeof Shape")).toEqual({ types: [], values: ["Shape"] });
  expect(names("<T extends Base>(x: T) => { [K in keyof T]: K }")).toEqual({ types: ["Base"], values: [] });
  expect(names("A extends (infer U)[] ? U : never")).toEqual({ types: ["A"], values: [] });
});

test("texts that no declaration can hold have none", () => {
  expect(names("unique symbol")).toBeUndefined();
  expect(names("(Anonymous class)")).toBeUndefined();
  expect(names('import("/some/where").Thing')).toBeUndefined();
  expect(names("{ a: number; ... 3 more ...; }")).toBeUndefined();
});
