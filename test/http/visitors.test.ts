import { ASSUMED_REVISION, Visitors } from '../../src/http/visitors';
import type { Client, ClientOptions } from '../../src/transport/client';

const PEER = { httpVersion: '1.1', clientAddress: '127.0.0.1', clientPort: 1 };

/** Visitors, what each of them was made of, and how often they were ended. */
function entering() {
  const made: ClientOptions[] = [];
  let ended = 0;
  const visitors = new Visitors((options) => {
    made.push(options);
    return { end: () => void ended++ } as Partial<Client> as Client;
  });
  return { visitors, made, ended: () => ended };
}

test('a visitor has the connection’s ends and no session id', () => {
  const { visitors, made } = entering();
  visitors.enter(PEER, undefined);
  expect(made[0]).toMatchObject({ protocolVersion: ASSUMED_REVISION });
  expect(made[0]!.session).toEqual({ transport: 'tcp', ...PEER });
  expect(() => made[0]!.write('nobody listens')).not.toThrow();
});

test('and the revision that the request names, which alone is told', () => {
  const { visitors, made } = entering();
  visitors.enter(PEER, '2025-11-25');
  expect(made[0]!.protocolVersion).toBe('2025-11-25');
  expect(made[0]!.session).toEqual({ transport: 'tcp', ...PEER, protocolVersion: '2025-11-25' });
});

test('what is known of a connection is one object, as long as it is the same', () => {
  const { visitors, made } = entering();
  for (const revision of [undefined, undefined, '2025-11-25', '2025-11-25', undefined]) {
    visitors.enter(PEER, revision);
  }
  visitors.enter({ ...PEER }, undefined);
  const [a, b, c, d, e, other] = made.map(({ session }) => session);
  expect([a === b, b === c, c === d, d === e, e === other]).toEqual([
    true,
    false,
    true,
    false,
    false,
  ]);
});

test('who leaves is ended once; who is left at the end then', () => {
  const { visitors, ended } = entering();
  const [first] = [visitors.enter(PEER, undefined), visitors.enter(PEER, undefined)];
  visitors.leave(first!);
  expect(ended()).toBe(1);
  visitors.leaveAll();
  visitors.leaveAll();
  expect(ended()).toBe(2);
});
