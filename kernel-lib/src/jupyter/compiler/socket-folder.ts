import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** A Unix socket's path may have so many bytes, on macOS; four more on Linux. */
const LONGEST_PATH = 103;

/** What the checker calls its socket, with other digits. */
const SOCKET = "tsgo-api-0123456789abcdef-0123456789abcdef";

/**
 * The folder for the checker's socket, which the checker makes in TMPDIR: the first that serves.
 *
 * @param cwd the checker's working folder
 * @param folders the user's own, which is undefined or empty for the system's, then others
 * @returns undefined where the checker is to see for itself: none serves, or it needs none, as on Windows
 */
export function socketFolder(
  cwd: string,
  folders: readonly (string | undefined)[] = [process.env.TMPDIR, "/tmp", homedir(), cwd],
): string | undefined {
  if (process.platform === "win32") return undefined;
  return folders.find((folder) => folder !== undefined && folder !== "" && serves(path.resolve(cwd, folder)));
}

function serves(folder: string): boolean {
  if (Buffer.byteLength(path.join(folder, SOCKET)) > LONGEST_PATH) return false;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
