import { account, cpuPerCall } from '../accounts.mjs';
import { runSession } from '../run-session.mjs';
import { loadCalls } from './load.mjs';

const DELAYS = { full: [0, 50, 200, 1_000], quick: [50, 1_000] };
/** Characters of what was told that a table has room for. */
const MOST = 120;

const common = {
  rounds: ({ rounds, quick }) => (quick ? 1 : Math.min(rounds, 3)),
  takes: ({ spans }) => spans === 'all',
  columns: [
    { key: 'calls', title: 'calls', plain: true },
    { key: 'spansLost', title: 'spans lost' },
    { key: 'logsLost', title: 'log records lost' },
    { key: 'exitMs', title: 'stdin end to exit, ms' },
    { key: 'cpuPerCall', title: 'CPU a call, µs', digits: 1 },
    { key: 'callsPerSecond', title: 'calls/s' },
    { key: 'rssPeak', title: 'peak RSS, MB' },
    { title: 'told on stderr', text: told },
  ],
};

/** The last line of note, without what stands before the message. */
function told({ notes }) {
  const message = notes.at(-1)?.split('] - ').at(-1);
  return message && message.length > MOST ? `${message.slice(0, MOST)}…` : message;
}

async function measure(variant, { quick, receiver, idle }, options) {
  const without = await idle();
  const session = await runSession(variant, receiver, { calls: loadCalls(quick), ...options });
  return {
    ...session,
    ...account(variant, session, without),
    cpuPerCall: cpuPerCall(session, without),
  };
}

/** Receivers that take their time for each answer. */
export const receivers = {
  name: 'receivers',
  title: 'Slow receivers, 64 calls in flight',
  point: 'receiver takes',
  ...common,
  async run(variant, context, record) {
    for (const delay of context.quick ? DELAYS.quick : DELAYS.full) {
      record(`${delay.toLocaleString('en-US')} ms`, await measure(variant, context, { delay }));
    }
  },
};

/** A receiver that is not there from the start to the end. */
export const down = {
  name: 'down',
  title: 'Receiver down, 64 calls in flight',
  ...common,
  async run(variant, context, record) {
    record('', await measure(variant, context, { url: context.dead.url }));
  },
};
