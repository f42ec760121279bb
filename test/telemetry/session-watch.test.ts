import { SessionWatch } from '../../src/telemetry/session-watch';
import type { Session } from '../../src/tap/operation';

function start() {
  const initial: Session = { id: 'session-1', transport: 'pipe' };
  const log: unknown[] = [];
  const time = { now: 1_000 };
  const watch = new SessionWatch(
    {
      sessionOpened: () => log.push('opened'),
      sessionClosed: (session: Session, seconds: number) => log.push({ session, seconds }),
    },
    initial,
    () => time.now,
  );
  return { log, time, watch, initial };
}

test('a session lasts from its initialize to its end', () => {
  const { log, time, watch, initial } = start();
  watch.opened({ protocolVersion: '2025-11-25' });
  time.now += 2_500;
  watch.closed();
  const session = { ...initial, protocolVersion: '2025-11-25' };
  expect(log).toEqual(['opened', { session, seconds: 2.5 }]);
});

test('a second initialize says more of the session, and begins none', () => {
  const { log, time, watch, initial } = start();
  watch.opened({ protocolVersion: '2025-11-25', clientName: 'a' });
  time.now += 1_000;
  watch.opened({ protocolVersion: '2025-03-26' });
  time.now += 1_000;
  watch.closed();
  const session = { ...initial, protocolVersion: '2025-03-26' };
  expect(log).toEqual(['opened', { session, seconds: 2 }]);
});

test('it ends once, and one that never began does not end', () => {
  const { log, watch } = start();
  watch.closed();
  expect(log).toEqual([]);
  watch.opened({});
  watch.closed();
  watch.closed();
  expect(log).toHaveLength(2);
});
