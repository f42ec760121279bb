import { connect, createServer, type AddressInfo } from 'node:net';

/** Throws where something listens at the port on this machine: the test would measure that instead. */
export async function requireFree(port: number, what: string): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    const taken = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port });
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (taken) throw new Error(`${what} listens at ${host}:${port}: stop it to run this test`);
  }
}

/** A port of this machine at which nothing listens. */
export function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
