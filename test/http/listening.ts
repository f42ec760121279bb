import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real server on this machine, with nothing in it but what is tested. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  close(): void;
}

const open = new Set<Listening>();

/** Closes those that are open: `afterEach(closeAll)`. */
export function closeAll(): void {
  for (const server of open) server.close();
}

/** Starts one; it asks no client for its body, as the product's does not. */
export async function listening(handle: RequestListener): Promise<Listening> {
  const server = createServer(handle).on('checkContinue', handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const one: Listening = {
    url: `http://127.0.0.1:${port}/`,
    port,
    close() {
      server.close();
      server.closeAllConnections();
      open.delete(one);
    },
  };
  open.add(one);
  return one;
}
