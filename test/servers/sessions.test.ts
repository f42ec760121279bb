import { startReceiver, type Receiver } from '../support/receiver';
import { stopAll } from '../support/child';
import { SESSIONS } from './sessions';
import type { ObservedSession } from './sessions/observed';
import { alike } from './support/alike';
import { linesOf, type Recording, type Side } from './support/recording';
import { run, type Run } from './support/session';

// Servers and clients that we did not write, with `observe` between them and without.

const SIDES: Side[] = ['client', 'server'];

/** The lines of all processes that one side sent, comparable with another session's. */
const lines = (recordings: Recording[], side: Side): string[][] =>
  recordings.map((recording) => linesOf(recording, side).map(alike));

describe.each(SESSIONS)('%s', (_, sessionOf) => {
  let session: ObservedSession;
  let receiver: Receiver;
  let direct: Run;
  let observed: Run;

  beforeAll(async () => {
    session = sessionOf();
    receiver = await startReceiver();
    direct = await run(session, {});
    observed = await run(session, { observe: [], env: receiver.env });
  });
  afterAll(async () => {
    await stopAll();
    await receiver.close();
  });

  test('answers as it does without observe', () => {
    const told = ({ answers }: Run): string[] => answers.map((a) => alike(JSON.stringify(a)));
    expect(told(observed)).toEqual(told(direct));
    expect(told(direct).length).toBeGreaterThan(session.steps.filter((s) => 'ask' in s).length);
  });

  test.each(SIDES)('the %s sends what it sends without observe, in the same order', (side) => {
    expect(lines(observed.outside, side)).toEqual(lines(direct.outside, side));
    expect(lines(direct.outside, side).flat().length).toBeGreaterThan(0);
  });

  test.each(SIDES)('not one byte of what the %s sends is changed', (side) => {
    const bytes = (recordings: Recording[]) => recordings.map((each) => each[side]);
    expect(bytes(observed.outside)).toEqual(bytes(observed.inside));
  });
});
