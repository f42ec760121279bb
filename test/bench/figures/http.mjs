import { expected, missing } from '../accounts.mjs';
import { withHttp } from '../http-server.mjs';
import { settled } from '../settled.mjs';

const CALLS = { full: 6_000, quick: 400 };
/** V8 compiles what is hot until some thousand calls are over. */
const WARM = { full: 3_000, quick: 100 };

export const CONNECTIONS = { full: [1, 64, 256], quick: [64] };
/** How a table's row tells of what is measured; each connection has a session of its own, or none has. */
export const pointOf = (connections, hasSessions) =>
  `${connections}, ${hasSessions ? 'a session each' : 'no session'}`;

/** Full speed over HTTP, one request at a time over each connection, on a warm server. */
export const http = {
  name: 'http',
  title: 'Over HTTP, warm',
  point: 'connections',
  rounds: ({ rounds, quick }) => (quick ? 1 : Math.min(rounds, 3)),
  takes: ({ transport }) => transport === 'http',
  columns: [
    { key: 'callsPerSecond', title: 'requests/s', ratio: true },
    { key: 'p50', title: 'p50, ms', digits: 3, ratio: true },
    { key: 'p99', title: 'p99, ms', digits: 3, ratio: true },
    { key: 'cpuPerCall', title: 'CPU a request, µs', digits: 1, ratio: true },
  ],
  more: {
    title: 'Over HTTP: memory, end, telemetry',
    columns: [
      { key: 'rssStart', title: 'RSS at start, MB' },
      { key: 'rssEnd', title: 'at end' },
      { key: 'rssPeak', title: 'peak', ratio: true },
      { key: 'exitMs', title: 'SIGTERM to exit, ms' },
      { key: 'spans', title: 'spans received', plain: true },
      { key: 'spansLost', title: 'lost' },
      { key: 'logs', title: 'log records', plain: true },
      { key: 'logsLost', title: 'lost' },
      { key: 'counted', title: 'requests counted', plain: true },
    ],
  },
  async run(variant, context, record) {
    for (const hasSessions of [true, false]) {
      for (const connections of CONNECTIONS[context.quick ? 'quick' : 'full']) {
        const found = await measure(variant, context, connections, hasSessions);
        const { spansLost = 0, logsLost = 0 } = found;
        if (variant.lossless && (spansLost !== 0 || logsLost !== 0)) {
          context.problem(`lost ${spansLost} spans and ${logsLost} log records over HTTP`);
        }
        record(pointOf(connections, hasSessions), found);
      }
    }
  },
};

async function measure(variant, context, connections, hasSessions) {
  const { receiver, quick } = context;
  const mode = quick ? 'quick' : 'full';
  const sessions = hasSessions ? connections : 0;
  await receiver.reset();
  return withHttp(variant, context, { connections, sessions }, async (server) => {
    const start = await server.memory();
    await server.calls(WARM[mode]);
    await settled(receiver, expected(variant, server.made));
    const before = await server.cpuSoFar();
    const found = await server.calls(CALLS[mode]);
    // What the calls have put off is theirs.
    await settled(receiver, expected(variant, server.made));
    const cpu = (await server.cpuSoFar()) - before;
    const end = await server.memory();
    const { exitMs, peak } = await server.end();
    const { spans, distinct, logs, sums } = await receiver.received();
    return {
      ...found,
      cpuPerCall: cpu / CALLS[mode],
      rssStart: start.now,
      rssEnd: end.now,
      rssPeak: peak,
      exitMs,
      spans,
      logs,
      ...missing(variant, server.made, { spans: distinct, logs }),
      counted: sums[variant.counter],
    };
  });
}
