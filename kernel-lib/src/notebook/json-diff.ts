/** A place where two JSON values differ: a path such as `data[0].y[12]`, and both values (undefined: missing there). */
export type JsonDifference = { path: string; expected: unknown; actual: unknown };

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** All places where two JSON values differ, in the order of the expected one. Numbers are compared exactly. */
export function jsonDifferences(expected: unknown, actual: unknown, path = ""): JsonDifference[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = Math.max(expected.length, actual.length);
    return Array.from({ length }, (_, i) => jsonDifferences(expected[i], actual[i], `${path}[${i}]`)).flat();
  }
  if (isPlain(expected) && isPlain(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) => jsonDifferences(expected[key], actual[key], joinKey(path, key)));
  }
  return Object.is(expected, actual) ? [] : [{ path, expected, actual }];
}

function joinKey(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
