import { Caller } from './calls.mjs';
import { Session } from './session.mjs';

/** Runs a body over a session, which is ended whatever happens. */
export async function withSession(variant, receiver, options, body) {
  const session = new Session(variant, receiver, options);
  try {
    return await body(session);
  } finally {
    await session.kill();
  }
}

/**
 * One whole session: start, handshake, so many calls as fast as they go, end. CPU is counted until
 * the process is over, so what is put off is paid; what arrived is asked once it is.
 *
 * @param receiver the receiver's process
 * @param url where the server is to send, if not to the receiver
 */
export async function runSession(variant, receiver, options) {
  const { calls, inFlight = 64, operands, delay = 0, url = receiver.url } = options;
  await receiver.reset(delay);
  return withSession(variant, { url }, { counted: true }, async (session) => {
    await session.initialize();
    const start = await session.memory();
    const caller = new Caller(session);
    const callsPerSecond = calls > 0 ? await caller.upTo(calls, { inFlight, operands }) : undefined;
    const end = await session.memory();
    const { exitMs, peak, cpu } = await session.end();
    return {
      calls,
      callsPerSecond,
      cpu: cpu.whole,
      cpuBehind: cpu.behind,
      rssStart: start.now,
      rssEnd: end.now,
      rssPeak: peak,
      exitMs,
      lines: session.stderr.lines,
      notes: session.stderr.notes,
      received: await receiver.received(),
    };
  });
}
