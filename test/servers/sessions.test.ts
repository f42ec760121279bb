import type { Span } from '../support/otlp-types';
import { startReceiver, type Receiver } from '../support/receiver';
import { stopAll } from '../support/child';
import { SESSIONS } from './sessions';
import type { ObservedSession } from './sessions/observed';
import { alike } from './support/alike';
import {
  countedRows,
  messageFacts,
  isFailure,
  ofKind,
  rowsOf,
  spanFacts,
  tallyRows,
} from './support/operations';
import { expectedParties, partiesOf } from './support/parties';
import { linesOf, sentBy, type Recording, type Side } from './support/recording';
import { run, type Run } from './support/session';

// Servers and clients that we did not write, with `observe` between them and without.

const SIDES: Side[] = ['client', 'server'];

/** The attributes that hold arguments and results. */
const CONTENT = /^(mcp\.tool\.(arg|result)|gen_ai\.tool\.call|(input|output)\.)/;

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

  describe.each([
    ['client', 'SERVER', 'fromClient', 'mcp.server.operation.duration'],
    ['server', 'CLIENT', 'fromServer', 'mcp.client.operation.duration'],
  ] as const)('what the %s asks', (side, kind, rows, metric) => {
    const spans = (): Span[] => ofKind(receiver.spans, kind);

    test('is a span each, with its outcome', () => {
      expect(rowsOf(receiver.spans, kind)).toEqual(session[rows]);
    });

    test('is an error where the server failed, and nowhere else', () => {
      const codes = session[rows].map((row) => (isFailure(row) ? 'ERROR' : 'UNSET'));
      expect(spans().map(({ status }) => status.code)).toEqual(codes);
    });

    test('is named on its span as on the wire', () => {
      const messages = sentBy(observed.outside, side);
      expect(spans().map(spanFacts)).toEqual(messages.map(messageFacts));
    });

    test('is counted', () => {
      expect(countedRows(receiver.latest(metric))).toEqual(tallyRows(session[rows]));
    });
  });

  test('each span says who speaks to whom', () => {
    expect(new Set(receiver.spans.map((span) => JSON.stringify(partiesOf(span))))).toEqual(
      new Set([JSON.stringify(expectedParties(session))]),
    );
    const sessions = new Set(receiver.spans.map(({ attributes }) => attributes['mcp.session.id']));
    expect(sessions.size).toBe(observed.outside.length);
  });

  test('all requests are counted, and nothing else', () => {
    const counted = receiver.latest('mcp.requests.total').map(({ value }) => Number(value));
    const requests = sentBy(observed.outside, 'client').filter(({ id }) => id !== undefined);
    expect(counted.reduce((sum, value) => sum + value, 0)).toBe(requests.length);
  });

  test('the content of messages is not told', () => {
    const keys = receiver.spans.flatMap(({ attributes }) => Object.keys(attributes));
    expect(keys).toContain('mcp.tool.name');
    expect(keys.filter((key) => CONTENT.test(key))).toEqual([]);
  });
});
