import { Caller } from '../calls.mjs';
import { withSession } from '../run-session.mjs';
import { quantile } from '../statistics.mjs';

// V8 compiles what is hot until some thousand calls are over.
const WARM = { full: 10_000, quick: 500 };
const CALLS = { full: 10_000, quick: 2_000 };

/** The time of a call with one at a time in flight, once the server is warm. */
export const latency = {
  name: 'latency',
  title: 'One call at a time, warm',
  repeats: (quick) => (quick ? 1 : 3),
  columns: [
    { key: 'p50', title: 'p50, ms', digits: 3, ratio: true },
    { key: 'p99', title: 'p99, ms', digits: 3, ratio: true },
    { key: 'p999', title: 'p99.9, ms', digits: 3, ratio: true },
  ],
  async run(variant, { receiver, quick }, record) {
    const mode = quick ? 'quick' : 'full';
    await receiver.reset();
    const times = new Float64Array(CALLS[mode]);
    await withSession(variant, receiver, {}, async (session) => {
      await session.initialize();
      const caller = new Caller(session);
      await caller.calls(WARM[mode]);
      await caller.calls(CALLS[mode], { times });
      await session.end();
    });
    const [p50, p99, p999] = [0.5, 0.99, 0.999].map((share) => quantile(times, share));
    record('', { p50, p99, p999 });
  },
};
