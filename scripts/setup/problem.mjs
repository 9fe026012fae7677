/**
 * Something that the set-up cannot cure by itself, said so that a person can: what is missing, what still works, what to do.
 */
export class Problem extends Error {
  /** @param {{ what: string, works?: string, todo: string, log?: string }} parts each one or more full sentences */
  constructor({ what, works = "", todo, log }) {
    super([what, works, todo, log && `The full output is in ${log}.`].filter(Boolean).join(" "));
    this.name = "Problem";
  }
}

const causes = [
  {
    pattern: /ENOSPC|No space left on device|not enough space on the disk/i,
    what: "The disk is full.",
    todo: "Free about 2 GB and start again; what is already installed is kept.",
  },
  {
    pattern: /EACCES|EPERM|EROFS|Permission denied|Read-only file system/,
    what: "This folder, or the package manager's cache, cannot be written.",
    todo: "Check who owns them and start again.",
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network|NewConnectionError|ConnectTimeout|ReadTimeout|name resolution|ProxyError|Cannot connect to proxy|Connection refused|No matching distribution/i,
    what: "The package registry cannot be reached: there seems to be no network.",
    todo: "Connect (or set HTTPS_PROXY, or your registry in npm's and pip's own settings) and start again; the set-up goes on where it stopped.",
  },
  {
    pattern: /EINTEGRITY|DO NOT MATCH THE HASHES|HASHES/,
    what: "A downloaded package is not the one that is locked: its checksum differs.",
    todo: "Start again; if it happens again, empty the package manager's cache (npm cache clean --force, pip cache purge) or ask who runs your registry mirror.",
  },
];

/**
 * Turns a failed command into a Problem, by what it printed.
 * @param {{ doing: string, works?: string, output: string, log: string }} failure
 */
export function explain({ doing, works, output, log }) {
  const cause = causes.find(({ pattern }) => pattern.test(output));
  const lines = output.trim().split("\n");
  const telling = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
  return new Problem({
    what: `${doing} failed. ${cause?.what ?? `It said: ${telling}`}`,
    works,
    todo: cause?.todo ?? "Start again; if it fails again, the output tells why.",
    log,
  });
}
