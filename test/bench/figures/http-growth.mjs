import { setTimeout } from 'node:timers/promises';
import { expected, missing } from '../accounts.mjs';
import { withHttp } from '../http-server.mjs';
import { settled } from '../settled.mjs';

const DECADES = { full: [1_000, 10_000, 100_000, 1_000_000], quick: [1_000, 10_000] };
const CONNECTIONS = 64;

/** One server of ours, looked at when it has answered 1,000 requests, 10,000, and so on. */
export const httpGrowth = {
  name: 'http-growth',
  title: 'Over HTTP, 64 connections with a session each: each decade of requests',
  point: 'requests so far',
  rounds: ({ rounds, quick }) => (quick ? 1 : Math.min(rounds, 2)),
  takes: ({ name }) => name === 'ours-http',
  columns: [
    { key: 'cpuPerCall', title: 'CPU a request since the row before, µs', digits: 1 },
    { key: 'callsPerSecond', title: 'requests/s' },
    { key: 'p50', title: 'p50, ms', digits: 3 },
    { key: 'p99', title: 'p99, ms', digits: 3 },
    { key: 'rss', title: 'RSS, MB' },
    { key: 'spansLost', title: 'spans lost' },
    { key: 'logsLost', title: 'log records lost' },
  ],
  async run(variant, context, record) {
    const { receiver, quick } = context;
    await receiver.reset();
    const atRest = (server) => settled(receiver, expected(variant, server.made));
    const options = { connections: CONNECTIONS, sessions: CONNECTIONS };
    await withHttp(variant, context, options, async (server) => {
      await setTimeout(500); // The start is to be over, also what goes on after the address is told.
      await atRest(server);
      let before = { cpu: await server.cpuSoFar(), made: 0 };
      for (const made of quick ? DECADES.quick : DECADES.full) {
        const count = made - before.made;
        const found = await server.calls(count);
        // What the calls have put off is theirs: the next row must not pay for it.
        const received = await atRest(server);
        const cpu = await server.cpuSoFar();
        record(made.toLocaleString('en-US'), {
          ...found,
          cpuPerCall: (cpu - before.cpu) / count,
          rss: (await server.memory()).now,
          ...missing(variant, server.made, received),
        });
        before = { cpu, made };
      }
      await server.end();
    });
  },
};
