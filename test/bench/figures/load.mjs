import { account, cpuPerCall, wrapperCpuPerCall } from '../accounts.mjs';
import { runSession } from '../run-session.mjs';

const CALLS = { full: 22_000, quick: 4_000 };
export const loadCalls = (quick) => (quick ? CALLS.quick : CALLS.full);

/** Full speed, with the receiver well. `CPU a call` is what compares variants. */
export const load = {
  name: 'load',
  title: '64 calls in flight',
  repeats: (quick) => (quick ? 1 : 3),
  columns: [
    { key: 'calls', title: 'calls', plain: true },
    { key: 'cpuPerCall', title: 'CPU a call, µs', digits: 1, ratio: true },
    { key: 'wrapperCpuPerCall', title: 'of it the wrapper, µs', digits: 1 },
    { key: 'cpuWithStart', title: 'start included, µs', digits: 1, ratio: true },
    { key: 'callsPerSecond', title: 'calls/s', ratio: true },
  ],
  more: {
    title: '64 calls in flight: memory, end, telemetry',
    columns: [
      { key: 'rssStart', title: 'RSS at start, MB' },
      { key: 'rssEnd', title: 'at end' },
      { key: 'rssPeak', title: 'peak', ratio: true },
      { key: 'exitMs', title: 'stdin end to exit, ms' },
      { key: 'spans', title: 'spans received', plain: true },
      { key: 'spansLost', title: 'lost' },
      { key: 'logs', title: 'log records', plain: true },
      { key: 'logsLost', title: 'lost' },
      { key: 'counted', title: 'calls counted', plain: true },
      { key: 'lines', title: 'stderr lines', plain: true },
    ],
  },
  async run(variant, { quick, receiver, idle, problem }, record) {
    const without = await idle();
    const calls = loadCalls(quick);
    const session = await runSession(variant, receiver, { calls });
    const accounts = account(variant, session, without);
    const { spansLost = 0, logsLost = 0 } = accounts;
    if (variant.lossless && (spansLost !== 0 || logsLost !== 0)) {
      problem(`lost ${spansLost} spans and ${logsLost} log records of ${calls} calls`);
    }
    record('', {
      ...session,
      ...accounts,
      cpuPerCall: cpuPerCall(session, without),
      wrapperCpuPerCall: wrapperCpuPerCall(session, without),
      cpuWithStart: session.cpu / calls,
    });
  },
};
