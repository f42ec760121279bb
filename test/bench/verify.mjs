import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { expected } from './accounts.mjs';
import { Caller } from './calls.mjs';
import { withHttp } from './http-server.mjs';
import { withSession } from './run-session.mjs';

const CALLS = 500;
const IN_FLIGHT = 64;
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 50;

/**
 * Whether a variant does what its figures stand for, before any is taken; slow or fast does not
 * matter. Every answer is right (the caller throws), and of a variant that may lose nothing
 * everything arrives, once.
 *
 * @param context `{ receiver, client }`: the benchmark's processes
 * @returns what is wrong
 */
export async function verify(variant, context) {
  const found = [];
  for (const call of CALLED[variant.transport]) {
    await context.receiver.reset();
    const made = await call(variant, context);
    if (variant.lossless) found.push(...faults(variant, made, await context.receiver.received()));
  }
  return found;
}

/** Each way to call over a transport; it tells how many JSON-RPC messages it sent. */
const CALLED = {
  stdio: [overStdio],
  http: [overHttp(IN_FLIGHT), overHttp(0)],
};

async function overStdio(variant, { receiver }) {
  return withSession(variant, receiver, {}, async (session) => {
    await session.initialize();
    await new Caller(session).upTo(CALLS, { inFlight: IN_FLIGHT });
    const made = { requests: CALLS + 1, notifications: 1 };
    await arrived(variant, made, receiver);
    await session.end();
    return made;
  });
}

function overHttp(sessions) {
  return (variant, context) =>
    withHttp(variant, context, { connections: IN_FLIGHT, sessions }, async (server) => {
      await server.calls(CALLS);
      await arrived(variant, server.made, context.receiver);
      await server.end();
      return server.made;
    });
}

/** At the end a server has little time left, which a slow machine would need. */
async function arrived(variant, made, receiver) {
  if (!variant.lossless) return;
  const until = performance.now() + PATIENCE_MS;
  const due = expected(variant, made);
  const isThere = ({ spans, logs }) => spans >= due.spans && logs >= due.logs;
  while (!isThere(await receiver.soFar()) && performance.now() < until) {
    await setTimeout(LOOK_EVERY_MS);
  }
}

function* faults(variant, made, { spans, distinct, logs, points, sums }) {
  if (spans !== distinct) yield `${spans - distinct} spans came twice`;
  if (variant.spans === 'none') {
    if (spans + logs + points > 0) yield 'telemetry came though it is off';
    return;
  }
  const started = sums['otel.sdk.span.started'];
  if (spans !== started) yield `${spans} of ${started} spans came`;
  const due = expected(variant, made);
  if (variant.spans === 'all' && spans !== due.spans) yield `${spans} spans of ${due.spans}`;
  if (logs !== due.logs) yield `${logs} log records of ${due.logs}`;
  const counted = sums[variant.counter];
  if (counted !== made.requests) yield `${counted} requests counted of ${made.requests}`;
}
