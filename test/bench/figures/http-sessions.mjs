import { expected, missing } from '../accounts.mjs';
import { withHttp } from '../http-server.mjs';
import { settled } from '../settled.mjs';
import { quantile } from '../statistics.mjs';

const OPEN = { full: [1, 1_000, 10_000], quick: [1, 100] };
const WARM = { full: 10_000, quick: 200 };
/** Once sessions are open, V8 clears away what that took; the requests that count come after it. */
const AFTER = { full: 3_000, quick: 100 };
/** Where the kernel puts processes changes by the moment: so the median of some turns. */
const TURN = { full: 2_500, quick: 100 };
const TURNS = { full: 4, quick: 2 };
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
    { key: 'cpuPerCall', title: 'CPU a request, µs', digits: 1, ratio: true },
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
        await server.calls(AFTER[mode]);
        await atRest(server);
        const cpu = await server.cpuSoFar();
        const turns = [];
        for (let turn = 0; turn < TURNS[mode]; turn++) turns.push(await server.calls(TURN[mode]));
        const received = await atRest(server);
        const median = (key) =>
          quantile(
            turns.map((found) => found[key]),
            0.5,
          );
        record(open.toLocaleString('en-US'), {
          rss,
          perSession: opened > 0 ? ((rss - before) * BYTES_IN_MB) / 1_000 / opened : undefined,
          p50: median('p50'),
          p99: median('p99'),
          cpuPerCall: ((await server.cpuSoFar()) - cpu) / (TURNS[mode] * TURN[mode]),
          ...missing(variant, server.made, received),
        });
      }
      await server.end();
    });
  },
};
