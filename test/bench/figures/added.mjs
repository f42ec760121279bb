import { Caller } from '../calls.mjs';
import { withSession } from '../run-session.mjs';
import { quantile } from '../statistics.mjs';
import { BASELINE, VARIANTS } from '../variants.mjs';

const DIRECT = VARIANTS.find(({ name }) => name === BASELINE);
const WARM = { full: 10_000, quick: 500 };
/** Long enough that most of what a turn puts off is done in it, too. */
const TURN = { full: 2_000, quick: 500 };
const TURNS = { full: 10, quick: 4 };

/**
 * What a wrapper adds to a call. Two sessions at the same time, one through it and one without, are
 * called by turns: where the kernel puts processes changes by the moment, and is as much as what is
 * measured.
 */
export const added = {
  name: 'added',
  title: 'One call at a time through a wrapper, by turns with the stock server itself, warm',
  takes: ({ behind }) => behind !== undefined,
  columns: [
    { key: 'direct', title: 'p50 without, ms', digits: 3 },
    { key: 'p50', title: 'p50, ms', digits: 3 },
    { key: 'addedP50', title: 'added', digits: 3 },
    { key: 'addedP99', title: 'added to p99, ms', digits: 3 },
  ],
  async run(variant, { receiver, quick }, record) {
    const mode = quick ? 'quick' : 'full';
    await receiver.reset();
    await withSession(variant, receiver, {}, (through) =>
      withSession(DIRECT, receiver, {}, async (direct) => {
        const turns = [await called(through, mode), await called(direct, mode)];
        for (let turn = 0; turn < TURNS[mode]; turn++) {
          for (const take of turn % 2 === 0 ? turns : turns.toReversed()) await take.turn();
        }
        await through.end();
        await direct.end();
        const [behind, without] = turns;
        record('', {
          direct: without.quantile(0.5),
          p50: behind.quantile(0.5),
          addedP50: behind.quantile(0.5) - without.quantile(0.5),
          addedP99: behind.quantile(0.99) - without.quantile(0.99),
        });
      }),
    );
  },
};

/** A warm session, the times of whose calls are taken turn by turn. */
async function called(session, mode) {
  await session.initialize();
  const caller = new Caller(session);
  await caller.calls(WARM[mode]);
  const turns = [];
  return {
    async turn() {
      const times = new Float64Array(TURN[mode]);
      await caller.calls(times.length, { times });
      turns.push(times);
    },
    /** The median of those of each turn. */
    quantile: (share) =>
      quantile(
        turns.map((times) => quantile(times, share)),
        0.5,
      ),
  };
}
