import type { ServerResponse } from 'node:http';
import { drain } from '../../src/http/drain';
import { now, pause } from '../support/time';

const GRACE = { sending: 60, reading: 150 };
/** Timers may be this much off on a busy machine, and only ever late. */
const EARLY_MILLIS = 5;

type State = 'sending' | 'owed' | 'reading';
function response(state: State) {
  const one = {
    req: { complete: state !== 'sending' },
    writableEnded: state === 'reading',
  };
  return one as unknown as ServerResponse & typeof one;
}

/** How long it takes, while `change` happens to what is open. */
async function drained(open: Set<ServerResponse>, change?: () => Promise<void>): Promise<number> {
  const began = now();
  const changed = change?.();
  await drain(open, GRACE);
  const millis = now() - began;
  await changed;
  return millis;
}

test('nothing is open: it is over at once', async () => {
  expect(await drained(new Set())).toBeLessThan(GRACE.sending);
});

test.each<[State[], number]>([
  [['sending'], GRACE.sending],
  [['reading'], GRACE.reading],
  [['sending', 'reading', 'sending'], GRACE.reading],
])('those that are %j are waited for %i ms', async (states, millis) => {
  const open = new Set<ServerResponse>(states.map(response));
  expect(await drained(open)).toBeGreaterThanOrEqual(millis - EARLY_MILLIS);
  expect(open.size).toBe(states.length);
});

test('an answer that is owed is waited for, however long it takes; and slow clients anew from then', async () => {
  const owed = response('owed');
  const open = new Set<ServerResponse>([owed, response('sending')]);
  const answeredAfter = 3 * GRACE.reading;
  const millis = await drained(open, async () => {
    await pause(answeredAfter);
    open.delete(owed);
  });
  expect(millis).toBeGreaterThanOrEqual(answeredAfter + GRACE.sending - 20 - EARLY_MILLIS);
});

test('a request that comes to its end meanwhile is owed an answer', async () => {
  const slow = response('sending');
  const open = new Set<ServerResponse>([slow]);
  const millis = await drained(open, async () => {
    await pause(20);
    slow.req.complete = true;
    await pause(2 * GRACE.reading);
    open.delete(slow);
  });
  expect(millis).toBeGreaterThanOrEqual(2 * GRACE.reading);
});
