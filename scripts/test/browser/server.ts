import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../../setup/paths.mjs";

/**
 * The folder that the tested server shows. It lies as deep in the checkout as `notebooks/`, so that what notebooks import and read is found,
 * and holds copies, so that JupyterLab saves over nothing.
 */
export const served = join(root, "test-results");
export const screenshots = join(served, "screenshots");

export interface Server {
  /** The address of a notebook in JupyterLab, with the token. */
  address(notebook: string): string;
  stop(): Promise<number | null>;
}

/**
 * Starts what `npm start` starts, on a free port, and waits for its address.
 * @param env environment variables in addition to the test's own
 */
export async function startServer(env: NodeJS.ProcessEnv = {}): Promise<Server> {
  // `expose_app_in_browser` lets the tests ask JupyterLab for a notebook's model.
  const args = [
    "--no-browser",
    "--port=0",
    `--ServerApp.root_dir=${served}`,
    "--LabApp.expose_app_in_browser=True",
  ];
  const server = spawn(process.execPath, ["scripts/start.mjs", ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const url = await new Promise<URL>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const match = /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+/.exec(output);
      if (match) resolve(new URL(match[0]));
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.once("exit", (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
  return {
    address: (notebook) =>
      `${url.origin}/lab/tree/${encodeURIComponent(notebook)}?reset&token=${url.searchParams.get("token")}`,
    stop: async () => {
      const ended = once(server, "exit");
      server.kill("SIGINT");
      const [code] = await ended;
      return code;
    },
  };
}
