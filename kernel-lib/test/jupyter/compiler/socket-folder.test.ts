import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { getuid, platform } from "node:process";
import { afterAll, expect, test } from "vitest";
import { socketFolder } from "../../../src/jupyter/compiler/socket-folder";

// The system's folder for temporary files may be long itself.
const prefix = path.join(platform === "win32" ? tmpdir() : "/tmp", "socket-folder-");
const own = mkdtempSync(prefix);
const other = mkdtempSync(prefix);

afterAll(() => {
  for (const folder of [own, other]) rmSync(folder, { recursive: true });
});

/** A folder whose path has so many bytes. */
function folderOf(bytes: number): string {
  const folder = path.join(own, "ü".repeat(4), "x".repeat(bytes - own.length - 10));
  mkdirSync(folder, { recursive: true });
  expect(Buffer.byteLength(folder)).toBe(bytes);
  return folder;
}

test.skipIf(platform === "win32")("the user's own folder is taken where it serves", () => {
  expect(socketFolder("/", [own, other])).toBe(own);
  expect(socketFolder("/", [undefined, other])).toBe(other);
  expect(socketFolder("/", ["", other])).toBe(other);
  expect(socketFolder(path.dirname(own), [path.basename(own), other])).toBe(path.basename(own));
});

test.skipIf(platform === "win32")("one that does not exist, or is a file, is not taken", () => {
  writeFileSync(path.join(own, "file"), "", { mode: 0o777 });
  expect(socketFolder("/", [path.join(own, "none"), other])).toBe(other);
  expect(socketFolder("/", [path.join(own, "file"), other])).toBe(other);
  expect(socketFolder("/", [path.join(own, "none")])).toBeUndefined();
});

test.skipIf(platform === "win32" || getuid?.() === 0)("one that can't be written to is not taken", () => {
  mkdirSync(path.join(own, "locked"));
  chmodSync(path.join(own, "locked"), 0o555);
  expect(socketFolder("/", [path.join(own, "locked"), other])).toBe(other);
});

test.skipIf(platform === "win32")("one whose path is too long for a socket is not taken", async () => {
  const longest = folderOf(60);
  expect(socketFolder("/", [longest, other])).toBe(longest);
  expect(socketFolder("/", [folderOf(61), other])).toBe(other);
  const server = createServer();
  const socket = path.join(longest, "tsgo-api-0123456789abcdef-0123456789abcdef");
  await new Promise<void>((done, fail) => server.once("error", fail).listen(socket, done));
  await new Promise((done) => server.close(done));
});

test.skipIf(platform !== "win32")("on Windows the checker sees for itself", () => {
  expect(socketFolder(own, [own])).toBeUndefined();
});
