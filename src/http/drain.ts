import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** How long others are waited for once all that is owed has been answered: milliseconds. */
export interface Grace {
  /** Clients that are still sending their request. */
  readonly sending: number;
  /** Clients that have not read their answer yet. */
  readonly reading: number;
}

const GRACE: Grace = { sending: 200, reading: 5_000 };
const LOOK_MILLIS = 20;

/**
 * Waits for what is open to be answered, however long that takes; and for slow clients, but not for
 * long: they must not hold up the end.
 */
export async function drain(open: ReadonlySet<ServerResponse>, grace = GRACE): Promise<void> {
  let since = performance.now();
  for (;;) {
    const left = new Set([...open].map(stateOf));
    if (left.has('owed')) since = performance.now();
    const waited = performance.now() - since;
    const isAwaited =
      left.has('owed') ||
      (left.has('sending') && waited < grace.sending) ||
      (left.has('reading') && waited < grace.reading);
    if (!isAwaited) return;
    await delay(LOOK_MILLIS);
  }
}

function stateOf({ req, writableEnded }: ServerResponse): 'sending' | 'owed' | 'reading' {
  if (writableEnded) return 'reading';
  return req.complete ? 'owed' : 'sending';
}
