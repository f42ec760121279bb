import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath, URL } from 'node:url';
import { cleanEnvironment } from '../environment.mjs';

/** Starts the receiver's process. */
export async function startReceiver() {
  const file = fileURLToPath(new URL('main.mjs', import.meta.url));
  const child = fork(file, { env: cleanEnvironment() });
  const [{ url }] = await once(child, 'message');
  const waiting = new Map();
  let last = 0;
  child.on('message', ({ id, answer }) => {
    waiting.get(id).resolve(answer);
    waiting.delete(id);
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the receiver ended with ${code}`));
  });
  const ask = (message) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      child.send({ id: last, ...message });
    });
  return {
    url,
    /** Forgets what came, and takes so long for each answer from now on. */
    reset: (delay = 0) => ask({ delay, clear: true }),
    /** What came so far. */
    soFar: () => ask({ count: false }),
    /** What came, once nothing is under way any more; with the number of distinct span ids. */
    received: () => ask({ count: true }),
    close: () => child.disconnect(),
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
