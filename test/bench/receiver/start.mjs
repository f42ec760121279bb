import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath, URL } from 'node:url';
import { startHelper } from '../helper.mjs';

/** Starts the receiver's process. */
export async function startReceiver() {
  const file = fileURLToPath(new URL('main.mjs', import.meta.url));
  const {
    ready: { url },
    ask,
    close,
  } = await startHelper('the receiver', file);
  return {
    url,
    /** Forgets what came, and takes so long for each answer from now on. */
    reset: (delay = 0) => ask({ delay, clear: true }),
    /** What came so far. */
    soFar: () => ask({ count: false }),
    /** What came, once nothing is under way any more; with the number of distinct span ids. */
    received: () => ask({ count: true }),
    close,
  };
}

/** A URL that refuses every connection. */
export async function deadUrl() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
