import { expected, missing } from '../accounts.mjs';
import { withHttp } from '../http-server.mjs';
import { settled } from '../settled.mjs';

const OPEN = { full: [1, 1_000, 10_000], quick: [1, 100] };
const WARM = { full: 10_000, quick: 200 };
const CALLS = { full: 10_000, quick: 200 };
const CONNECTIONS = 64;
const BYTES_IN_MB = 2 ** 20;

/** More and more open sessions, and requests in all of them by turns. */
export const httpSessions = {
  name: 'http-sessions',
  title: `Over HTTP, ${CONNECTIONS} connections: open sessions`,
  point: 'open sessions',
  rounds: ({ rounds, quick }) => (quick ? 1 : Math.min(rounds, 3)),
  takes: ({ transport }) => transport === 'http',
  columns: [
    { key: 'rss', title: 'RSS, MB', ratio: true },
    { key: 'perSession', title: 'kB a session more', digits: 1 },
    { key: 'p50', title: 'p50, ms', digits: 3, ratio: true },
    { key: 'p99', title: 'p99, ms', digits: 3, ratio: true },
    { key: 'spansLost', title: 'spans lost' },
    { key: 'logsLost', title: 'log records lost' },
  ],
  async run(variant, context, record) {
    const { receiver } = context;
    const mode = context.quick ? 'quick' : 'full';
    await receiver.reset();
    const atRest = (server) => settled(receiver, expected(variant, server.made));
    const options = { connections: CONNECTIONS, sessions: 1 };
    await withHttp(variant, context, options, async (server) => {
      await server.calls(WARM[mode]);
      let open = 1;
      for (const count of OPEN[mode]) {
        await atRest(server);
        const before = (await server.memory()).now;
        const opened = count - open;
        if (opened > 0) await server.openSessions(opened);
        open = count;
        await atRest(server);
        const rss = (await server.memory()).now;
        const { p50, p99 } = await server.calls(CALLS[mode]);
        record(open.toLocaleString('en-US'), {
          rss,
          perSession: opened > 0 ? ((rss - before) * BYTES_IN_MB) / 1_000 / opened : undefined,
          p50,
          p99,
          ...missing(variant, server.made, await atRest(server)),
        });
      }
      await server.end();
    });
  },
};
