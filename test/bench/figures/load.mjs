import { account, faults } from '../accounts.mjs';
import { runSession } from '../run-session.mjs';

export const CALLS = { full: 22_000, quick: 6_000 };

/**
 * Full speed with 64 calls in flight. CPU per call is what compares variants: a whole session's less
 * that of a session without calls, until the process is over.
 */
export const load = {
  name: 'load',
  title: '64 calls in flight',
  columns: [
    { key: 'calls', title: 'calls', digits: 0, plain: true },
    { key: 'cpuPerCall', title: 'CPU a call, µs', digits: 1, ratio: true },
    { key: 'cpuWithStart', title: 'with start, µs', digits: 1, ratio: true },
    { key: 'callsPerSecond', title: 'calls/s', digits: 0, ratio: true },
  ],
  more: {
    title: '64 calls in flight: memory, end, telemetry',
    columns: [
      { key: 'rssStart', title: 'RSS at start, MB', digits: 0 },
      { key: 'rssEnd', title: 'at end', digits: 0 },
      { key: 'rssPeak', title: 'peak', digits: 0, ratio: true },
      { key: 'exitMs', title: 'stdin end to exit, ms', digits: 0 },
      { key: 'spans', title: 'spans received', digits: 0, plain: true },
      { key: 'spansLost', title: 'lost', digits: 0 },
      { key: 'logs', title: 'log records', digits: 0, plain: true },
      { key: 'logsLost', title: 'lost', digits: 0 },
      { key: 'counted', title: 'calls counted', digits: 0, plain: true },
      { key: 'lines', title: 'stderr lines', digits: 0, plain: true },
    ],
  },
  problems: faults,
  async run(variant, context, record) {
    const idle = await context.idle(variant);
    const calls = CALLS[context.quick ? 'quick' : 'full'];
    const session = await runSession(variant, context.receiver, { calls });
    record('', {
      ...session,
      ...account(variant, session, idle),
      cpuPerCall: (session.cpu - idle.cpu) / calls,
      cpuWithStart: session.cpu / calls,
    });
  },
};
