import { setTimeout } from 'node:timers/promises';
import { Caller } from '../calls.mjs';
import { runSession, withSession } from '../run-session.mjs';
import { settled } from '../settled.mjs';

const DECADES = { full: [1_000, 10_000, 100_000, 1_000_000], quick: [1_000, 10_000] };

const VARIANTS = ['stock', 'ours', 'disabled'];

/** One session, looked at when it has made 1,000 calls, 10,000, and so on. */
export const growth = {
  name: 'growth',
  title: 'One long session, 64 calls in flight: each decade of calls',
  point: 'calls so far',
  rounds: ({ rounds, quick }) => (quick ? 1 : Math.min(rounds, 2)),
  takes: ({ name }) => VARIANTS.includes(name),
  columns: [
    { key: 'cpuPerCall', title: 'CPU a call since the row before, µs', digits: 1, ratio: true },
    { key: 'callsPerSecond', title: 'calls/s', ratio: true },
    { key: 'rss', title: 'RSS, MB', ratio: true },
    { key: 'spansLost', title: 'spans lost' },
    { key: 'logsLost', title: 'log records lost' },
  ],
  async run(variant, { quick, receiver }, record) {
    const { received: handshake } = await runSession(variant, receiver, { calls: 0 });
    const expected = (calls) => ({
      spans: variant.spans === 'all' ? calls + handshake.spans : 0,
      logs: variant.logs ? calls + handshake.logs : 0,
    });
    await receiver.reset();
    await withSession(variant, receiver, {}, async (session) => {
      await session.initialize();
      await setTimeout(500); // The start is to be over, also what goes on after the reply.
      const caller = new Caller(session);
      let before = { cpu: await session.cpuSoFar(), made: 0, spansLost: 0, logsLost: 0 };
      for (const made of quick ? DECADES.quick : DECADES.full) {
        const callsPerSecond = await caller.upTo(made, { inFlight: 64 });
        const { spans, logs } = expected(made);
        // What the calls have put off is theirs: the next row must not pay for it.
        const received = await settled(receiver, { spans, logs });
        const now = {
          made,
          cpu: await session.cpuSoFar(),
          spansLost: spans - received.spans,
          logsLost: logs - received.logs,
        };
        record(made.toLocaleString('en-US'), {
          cpuPerCall: (now.cpu - before.cpu) / (made - before.made),
          callsPerSecond,
          rss: (await session.memory()).now,
          spansLost: now.spansLost - before.spansLost,
          logsLost: now.logsLost - before.logsLost,
        });
        before = now;
      }
      await session.end();
    });
  },
};
