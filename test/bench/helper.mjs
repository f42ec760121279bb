import { fork } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { cleanEnvironment } from './environment.mjs';

/**
 * Starts one of the benchmark's own processes, which is steered over Node's channel.
 *
 * @param name of whom an error tells
 * @returns `ready`, what it said first; `ask(message)`, which resolves with its answer; and `close`
 */
export async function startHelper(name, file) {
  const child = fork(file, { env: cleanEnvironment() });
  const waiting = new Map();
  let last = 0;
  const [ready] = await once(child, 'message');
  child.on('message', ({ id, answer, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(answer);
    else reject(new Error(error));
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended with ${code}`));
  });
  const ask = (message) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      child.send({ id: last, ...message }, (error) => error && reject(error));
    });
  return { ready, ask, close: () => child.connected && child.disconnect() };
}

/**
 * The other side, in the process itself: says that it is ready, and answers until it is let go.
 *
 * @param answer takes a message, and returns the answer or a promise of it; what it throws is told
 */
export function serveHelper(ready, answer) {
  process.on('message', async ({ id, ...message }) => {
    try {
      process.send({ id, answer: await answer(message) });
    } catch (error) {
      process.send({ id, error: error.message });
    }
  });
  process.on('disconnect', () => process.exit());
  process.send(ready);
}
