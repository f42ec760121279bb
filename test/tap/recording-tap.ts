import { createClock } from '../../src/tap/clock';
import type { Operation, Session } from '../../src/tap/operation';
import { Tap, type TapOptions } from '../../src/tap/tap';
import { extractTraceContext } from '../../src/tap/trace-context';

export const SESSION: Session = { id: 'session-1', transport: 'pipe' };

/** A tap of which all is known: ids count up, the clock stands still until it is set. */
export function recordingTap(changes: Partial<TapOptions> = {}) {
  const operations: Operation[] = [];
  const time = { wall: 1_700_000_000_000, monotonic: 500 };
  let lastId = 0;
  const id = (digits: number) => (++lastId).toString(16).padStart(digits, '0');
  const tap = new Tap(SESSION, {
    clock: createClock({ wall: () => time.wall, monotonic: () => time.monotonic }),
    ids: { traceId: () => id(32), spanId: () => id(16) },
    sampler: () => true,
    extract: (meta) => extractTraceContext(meta, ['tracecontext', 'baggage']),
    tools: new Set(['add', 'divide']),
    captureContent: true,
    readNumber: (value) => (typeof value === 'number' ? value : undefined),
    onEnd: (operation) => operations.push(operation),
    ...changes,
  });
  return { tap, operations, time };
}
