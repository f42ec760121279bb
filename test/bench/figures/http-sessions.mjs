import { expected, missing } from '../accounts.mjs';
import { withHttp } from '../http-server.mjs';
import { settled } from '../settled.mjs';

const OPEN = { full: [1, 1_000, 10_000], quick: [1, 100] };
/** Opened and ended before, so that the server is used to it. */
const CHURN = { full: 2_000, quick: 50 };
const WARM = { full: 10_000, quick: 200 };
const CALLS = { full: 5_000, quick: 200 };
const CONNECTIONS = 64;
const BYTES_IN_MB = 2 ** 20;

/** More and more open sessions, and calls in all of them by turns, one at a time. */
export const httpSessions = {
  name: 'http-sessions',
  title: 'Over HTTP: open sessions, one request at a time',
  point: 'open sessions',
  rounds: ({ rounds, quick }) => (quick ? 1 : Math.min(rounds, 3)),
  takes: ({ transport }) => transport === 'http',
  columns: [
    { key: 'rss', title: 'RSS, MB', ratio: true },
    { key: 'perSession', title: 'kB a session', digits: 1 },
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
    const options = { connections: CONNECTIONS, sessions: CHURN[mode] };
    await withHttp(variant, context, options, async (server) => {
      await server.calls(WARM[mode]);
      await server.endSessions();
      let open = 0;
      let first;
      for (const count of OPEN[mode]) {
        await server.openSessions(count - open);
        open = count;
        await atRest(server);
        const { now: rss } = await server.memory();
        first ??= rss;
        const { p50, p99 } = await server.calls(CALLS[mode], 1);
        record(open.toLocaleString('en-US'), {
          rss,
          perSession: open > 1 ? ((rss - first) * BYTES_IN_MB) / 1_000 / (open - 1) : undefined,
          p50,
          p99,
          ...missing(variant, server.made, await atRest(server)),
        });
      }
      await server.end();
    });
  },
};
