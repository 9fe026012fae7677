import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/**
 * `count` loopback ports that are free now and differ from each other: all of them are held open together and
 * released at the end. Another program may still take one before the kernel binds it; startKernel then tries others.
 */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  try {
    return await Promise.all(
      servers.map(async (server) => {
        await once(server, "listening");
        return (server.address() as AddressInfo).port;
      }),
    );
  } finally {
    await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  }
}
