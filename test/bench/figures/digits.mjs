import { account, cpuPerCall } from '../accounts.mjs';
import { long } from '../answers.mjs';
import { runSession } from '../run-session.mjs';

const DIGITS = { full: [1, 10, 100, 1_000, 10_000], quick: [1, 10_000] };
const CALLS = { full: 4_000, quick: 500 };

/** Operands as exact strings, longer and longer. A JSON number, all that stock takes, ends at 15. */
export const digits = {
  name: 'digits',
  title: 'Long operands, 64 calls in flight',
  point: 'digits',
  rounds: ({ rounds, quick }) => (quick ? 1 : Math.min(rounds, 3)),
  takes: ({ exact }) => exact,
  columns: [
    { key: 'cpuPerCall', title: 'CPU a call, µs', digits: 1 },
    { key: 'callsPerSecond', title: 'calls/s' },
    { key: 'rssPeak', title: 'peak RSS, MB' },
    { key: 'spansLost', title: 'spans lost' },
    { key: 'logsLost', title: 'log records lost' },
  ],
  async run(variant, { quick, receiver, idle }, record) {
    const without = await idle();
    const calls = quick ? CALLS.quick : CALLS.full;
    for (const count of quick ? DIGITS.quick : DIGITS.full) {
      const session = await runSession(variant, receiver, { calls, operands: long(count) });
      record(count.toLocaleString('en-US'), {
        ...session,
        ...account(variant, session, without),
        cpuPerCall: cpuPerCall(session, without),
      });
    }
  },
};
