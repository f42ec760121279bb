import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { withSession } from '../run-session.mjs';
import { VARIANTS } from '../variants.mjs';

const BARE = VARIANTS.find(({ name }) => name === 'bare');
const LOOK_EVERY_MS = 50;
const LOOKS = 4;
const PATIENCE_MS = 30_000;

/**
 * What the time to the `initialize` reply goes to, seen from outside: Node itself is what the bare
 * loop takes; the handshake is what the reply takes of a server that has been up for a while; the
 * rest is the loading of modules.
 */
export const split = {
  name: 'split',
  title: 'Spawn to `initialize` reply, split',
  rounds: ({ rounds, quick }) => (quick ? 1 : rounds),
  takes: ({ name }) => name !== BARE.name,
  columns: [
    { key: 'node', title: 'Node itself, ms', digits: 1 },
    { key: 'modules', title: 'modules, ms', digits: 1 },
    { key: 'handshake', title: 'handshake, ms', digits: 1 },
  ],
  async run(variant, { receiver }, record) {
    const node = await start(BARE, receiver);
    const whole = await start(variant, receiver);
    const handshake = await start(variant, receiver, { late: true });
    record('', { node, handshake, modules: whole - node - handshake });
  },
};

const start = (variant, receiver, { late = false } = {}) =>
  withSession(variant, receiver, {}, async (session) => {
    if (late) await atRest(session);
    const took = await session.initialize(late ? { from: performance.now() } : {});
    await session.end();
    return took;
  });

/** Resolves when the server uses no CPU any more. */
async function atRest(session) {
  const until = performance.now() + PATIENCE_MS;
  let before = -1;
  for (let still = 0; still < LOOKS;) {
    if (performance.now() > until) throw session.error(`is not at rest after ${PATIENCE_MS} ms`);
    await setTimeout(LOOK_EVERY_MS);
    const now = await session.cpuSoFar();
    still = now - before < 500 ? still + 1 : 0;
    before = now;
  }
}
