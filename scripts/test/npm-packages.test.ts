import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installedAsLocked } from "../setup/npm-packages.mjs";
import { root } from "../setup/paths.mjs";

type Packages = Record<string, { version?: string; dependencies?: object; optionalDependencies?: object }>;

const locked = {
  "": {},
  "kernel-lib": { version: "0.1.0" },
  "node_modules/kernel-lib": { link: true },
  "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
  "node_modules/b": { version: "1.0.0", integrity: "sha512-b", optional: true },
};
const { "node_modules/a": a, "node_modules/b": b } = locked;

test("what npm lists as installed agrees with the lockfile", () => {
  expect(installedAsLocked(locked, { "node_modules/a": a, "node_modules/b": b })).toBe(true);
});

test("an optional package may be absent, another may not", () => {
  expect(installedAsLocked(locked, { "node_modules/a": a })).toBe(true);
  expect(installedAsLocked(locked, { "node_modules/b": b })).toBe(false);
});

test("another version, or another content of the same version, is not as locked", () => {
  expect(installedAsLocked(locked, { "node_modules/a": { ...a, version: "1.0.1" } })).toBe(false);
  expect(installedAsLocked(locked, { "node_modules/a": { ...a, integrity: "sha512-x" } })).toBe(false);
});

test("packages for another platform are not as locked: the checkout was moved", () => {
  expect(
    installedAsLocked(locked, { "node_modules/a": a, "node_modules/c": { os: ["no-such-system"] } }),
  ).toBe(false);
  expect(
    installedAsLocked(locked, { "node_modules/a": a, "node_modules/c": { os: ["!no-such-system"] } }),
  ).toBe(true);
});

test("an installation that was cut off has no list, and is not as locked", () => {
  expect(installedAsLocked(locked, undefined)).toBe(false);
});

test("the lockfile names every dependency, those for other platforms too: npm ci refuses one that does not", () => {
  const packages: Packages = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !foldersAbove(path).some((folder) => `${folder}node_modules/${name}` in packages))
      .map((name) => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
});

/** The folders in which Node looks for a package's dependencies, as prefixes. */
function foldersAbove(path: string): string[] {
  const parts = path.split("/");
  return parts
    .map((_, i) => `${parts.slice(0, parts.length - i).join("/")}/`)
    .concat("")
    .map((prefix) => prefix.replace(/^\//, ""));
}
