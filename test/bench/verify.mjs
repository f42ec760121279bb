import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { Caller } from './calls.mjs';
import { withSession } from './run-session.mjs';

const CALLS = 500;
/** Of a session: `initialize`, and the notification that follows it where it makes one. */
const HANDSHAKE = 2;
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 50;

/**
 * Whether a variant does what its figures stand for, before any is taken; slow or fast does not
 * matter. Every answer is right (the caller throws), and of a variant that may lose nothing
 * everything arrives, once.
 *
 * @returns what is wrong
 */
export async function verify(variant, receiver) {
  await receiver.reset();
  await withSession(variant, receiver, {}, async (session) => {
    await session.initialize();
    await new Caller(session).upTo(CALLS, { inFlight: 64 });
    // At the end a server has little time left, which a slow machine would need.
    if (variant.lossless) await arrived(variant, receiver);
    await session.end();
  });
  const received = await receiver.received();
  return variant.lossless ? faults(variant, received) : [];
}

async function arrived(variant, receiver) {
  const until = performance.now() + PATIENCE_MS;
  const isThere = ({ spans, logs }) =>
    (variant.spans !== 'all' || spans >= CALLS + 1) && (!variant.logs || logs >= CALLS + 1);
  while (!isThere(await receiver.soFar()) && performance.now() < until) {
    await setTimeout(LOOK_EVERY_MS);
  }
}

function* faults(variant, { spans, distinct, logs, points, sums }) {
  if (spans !== distinct) yield `${spans - distinct} spans came twice`;
  const isOf = (count, calls) => count > calls && count <= calls + HANDSHAKE;
  if (variant.spans === 'none') {
    if (spans + logs + points > 0) yield 'telemetry came though it is off';
    return;
  }
  const made = sums['otel.sdk.span.started'];
  if (spans !== made) yield `${spans} of ${made} spans came`;
  if (variant.spans === 'all' && !isOf(spans, CALLS)) yield `${spans} spans of ${CALLS} calls`;
  if (variant.logs && !isOf(logs, CALLS)) yield `${logs} log records of ${CALLS} calls`;
  const counted = sums[variant.counter];
  if (counted !== CALLS + 1) yield `${counted} requests counted of ${CALLS + 1}`;
}
