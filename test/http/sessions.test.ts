import type { EventStream } from '../../src/http/events';
import { Refusal } from '../../src/http/refusal';
import { Sessions, type HttpSession } from '../../src/http/sessions';
import type { Client } from '../../src/transport/client';

const MINUTE = 60_000;
const PEER = { clientAddress: '127.0.0.1', clientPort: 1 };
const OTHER = { clientAddress: '127.0.0.1', clientPort: 2 };

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A client that writes down what it is told. */
function recordingClient() {
  const told: unknown[] = [];
  const client = {
    describe: (more: object) => void told.push(more),
    end: () => void told.push('end'),
  } as Partial<Client> as Client;
  return { client, told };
}

/** A stream that is open until it is ended. */
function openStream() {
  const listeners: (() => void)[] = [];
  const stream = {
    isOpen: true,
    onClose: (listener: () => void) => void listeners.push(listener),
    end() {
      stream.isOpen = false;
      for (const listener of listeners) listener();
    },
  };
  return stream as Partial<EventStream> as EventStream & typeof stream;
}

function begin(sessions: Sessions) {
  const { client, told } = recordingClient();
  const session = sessions.add(sessions.newId(), client, PEER);
  return { session, told };
}

function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('nothing was thrown');
}

const isKnown = (sessions: Sessions, { id }: HttpSession): boolean => {
  try {
    return sessions.use(id).id === id;
  } catch (error) {
    expect((error as Refusal).reason).toBe('session_not_found');
    return false;
  }
};

test('ids are 128 random bits in hex', () => {
  const sessions = new Sessions({ idleMillis: MINUTE });
  const ids = new Set(Array.from({ length: 1_000 }, () => sessions.newId()));
  expect(ids.size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
});

test('a session is known from its beginning to its end', () => {
  const sessions = new Sessions({ idleMillis: MINUTE });
  const { session, told } = begin(sessions);
  expect([sessions.count, isKnown(sessions, session), told]).toEqual([1, true, []]);
  sessions.end(session);
  sessions.end(session);
  expect([sessions.count, isKnown(sessions, session), told]).toEqual([0, false, ['end']]);
});

test.each(['', 'x', '0'.repeat(32), '__proto__', 'constructor'])('%j is no session', (id) => {
  const sessions = new Sessions({ idleMillis: MINUTE });
  begin(sessions);
  expect(refusalOf(() => sessions.use(id))).toMatchObject({ status: 404 });
});

describe('idle', () => {
  test.each([1_000, MINUTE, 30 * MINUTE, 24 * 60 * MINUTE])(
    'for %i ms: it ends, and at most a tenth or half a minute later',
    (idleMillis) => {
      const sessions = new Sessions({ idleMillis });
      const { told } = begin(sessions);
      jest.advanceTimersByTime(idleMillis - 1);
      expect([sessions.count, told]).toEqual([1, []]);
      jest.advanceTimersByTime(Math.min(idleMillis / 10, 30_000) + 1);
      expect([sessions.count, told]).toEqual([0, ['end']]);
    },
  );

  test('each use begins it anew', () => {
    const sessions = new Sessions({ idleMillis: MINUTE });
    const { session } = begin(sessions);
    const { told } = begin(sessions);
    for (let i = 0; i < 5; i++) {
      jest.advanceTimersByTime(0.9 * MINUTE);
      expect(isKnown(sessions, session)).toBe(true);
    }
    expect([sessions.count, told]).toEqual([1, ['end']]);
    jest.advanceTimersByTime(1.2 * MINUTE);
    expect(sessions.count).toBe(0);
  });

  test('not while it answers, and not from then on but from the answer', () => {
    const sessions = new Sessions({ idleMillis: MINUTE });
    const { session } = begin(sessions);
    sessions.enter(session, PEER);
    jest.advanceTimersByTime(10 * MINUTE);
    sessions.leave(session);
    jest.advanceTimersByTime(0.8 * MINUTE);
    expect(sessions.count).toBe(1);
    jest.advanceTimersByTime(0.4 * MINUTE);
    expect(sessions.count).toBe(0);
  });

  test('not while its client listens', () => {
    const sessions = new Sessions({ idleMillis: MINUTE });
    const { session } = begin(sessions);
    const stream = openStream();
    sessions.listen(session, stream);
    jest.advanceTimersByTime(10 * MINUTE);
    expect(sessions.count).toBe(1);
    stream.end();
    jest.advanceTimersByTime(1.2 * MINUTE);
    expect(sessions.count).toBe(0);
  });

  test('of many each ends in its time', () => {
    const sessions = new Sessions({ idleMillis: MINUTE });
    const counts: number[] = [];
    for (let i = 0; i < 12; i++) {
      begin(sessions);
      jest.advanceTimersByTime(0.25 * MINUTE);
      counts.push(sessions.count);
    }
    expect(counts.slice(0, 3)).toEqual([1, 2, 3]);
    for (const count of counts.slice(6)) expect(count).toBeLessThanOrEqual(5);
    jest.advanceTimersByTime(1.2 * MINUTE);
    expect(sessions.count).toBe(0);
  });
});

describe('a session that is ended while it answers', () => {
  test('is not known any more, and ends with its last answer', () => {
    const sessions = new Sessions({ idleMillis: MINUTE });
    const { session, told } = begin(sessions);
    sessions.enter(session, PEER);
    sessions.enter(session, PEER);
    sessions.end(session);
    expect([isKnown(sessions, session), told]).toEqual([false, []]);
    sessions.leave(session);
    expect(told).toEqual([]);
    sessions.leave(session);
    expect(told).toEqual(['end']);
  });

  test('ends at once where all ends', () => {
    const sessions = new Sessions({ idleMillis: MINUTE });
    const { session, told } = begin(sessions);
    sessions.enter(session, PEER);
    sessions.endAll();
    sessions.leave(session);
    expect([sessions.count, told]).toEqual([0, ['end']]);
  });

  test('ends where all ends, too, if its client asked for the end before', () => {
    const sessions = new Sessions({ idleMillis: MINUTE });
    const { session, told } = begin(sessions);
    sessions.enter(session, PEER);
    sessions.end(session);
    sessions.endAll();
    sessions.leave(session);
    expect(told).toEqual(['end']);
  });
});

test('a client that comes on another connection is described anew', () => {
  const sessions = new Sessions({ idleMillis: MINUTE });
  const { session, told } = begin(sessions);
  for (const peer of [PEER, OTHER, OTHER, PEER]) sessions.enter(session, peer);
  expect(told).toEqual([OTHER, PEER]);
});

test('as many as there may be: one more is refused until one ends', () => {
  const sessions = new Sessions({ idleMillis: MINUTE, max: 2 });
  const { session } = begin(sessions);
  sessions.requireRoom();
  begin(sessions);
  expect(refusalOf(() => sessions.requireRoom())).toMatchObject({
    reason: 'too_many_sessions',
    status: 503,
    headers: { 'Retry-After': '10' },
  });
  sessions.end(session);
  sessions.requireRoom();
});

describe('streams', () => {
  test('a newer one takes the place of an older', () => {
    const sessions = new Sessions({ idleMillis: MINUTE });
    const { session } = begin(sessions);
    const [first, second] = [openStream(), openStream()];
    sessions.listen(session, first);
    sessions.listen(session, second);
    expect([first.isOpen, second.isOpen, session.stream]).toEqual([false, true, second]);
    sessions.end(session);
    expect(second.isOpen).toBe(false);
  });

  test('at the end of the server all are closed, and those that come then', () => {
    const sessions = new Sessions({ idleMillis: MINUTE });
    const [{ session }, { session: other }] = [begin(sessions), begin(sessions)];
    const [first, late] = [openStream(), openStream()];
    sessions.listen(session, first);
    sessions.endStreams();
    sessions.listen(other, late);
    expect([first.isOpen, late.isOpen, sessions.count]).toEqual([false, false, 2]);
  });
});

test('when all has ended nothing is left to be done', () => {
  const sessions = new Sessions({ idleMillis: MINUTE });
  const all = [begin(sessions), begin(sessions), begin(sessions)];
  sessions.endAll();
  expect([sessions.count, all.map(({ told }) => told)]).toEqual([0, [['end'], ['end'], ['end']]]);
  expect(jest.getTimerCount()).toBe(0);
});
