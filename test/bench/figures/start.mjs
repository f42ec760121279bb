import { withSession } from '../run-session.mjs';

/** From spawn to the `initialize` reply, on a warm file cache. */
export const start = {
  name: 'start',
  title: 'Spawn to `initialize` reply',
  repeats: (quick) => (quick ? 2 : 4),
  columns: [{ key: 'startMs', title: 'ms', digits: 1, ratio: true }],
  async run(variant, { receiver }, record) {
    const startMs = await withSession(variant, receiver, {}, async (session) => {
      const took = await session.initialize();
      await session.end();
      return took;
    });
    record('', { startMs });
  },
};
