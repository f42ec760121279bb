import { stopAll } from '../support/cli';
import { comparable } from './support/expected-span';
import { ROWS } from './support/scripted-rows';
import { levelOf, messageOf, runScript, spanOf, type Scripted } from './support/scripted-session';

// Must show 3 of issue 3: what one session leaves at a receiver and on stderr, row by row.

const NUMBERS: Record<string, number> = { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17 };

let session: Scripted;
beforeAll(async () => void (session = await runScript(ROWS)), 30_000);
afterAll(stopAll);

test('there is one of each for each row, and nothing more', () => {
  expect(session.exit.code).toBe(0);
  const { length } = ROWS;
  expect(session.spans).toHaveLength(length);
  expect(session.lines).toHaveLength(length);
  expect(session.logs).toHaveLength(length);
});

describe.each(ROWS.map((row, index) => ({ ...row, row, index })))('$title', ({ row, index }) => {
  test('the span, with every attribute of the three vocabularies', () => {
    expect(comparable(session.spans[index]!)).toEqual(spanOf(session, index));
  });

  test('the times', () => {
    const span = session.spans[index]!;
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    for (const event of span.events) expect(event.time).toBe(span.end);
    // Within the life of the process, on the wall's clock.
    const age = Date.now() - Number(span.start / 1_000_000n);
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(300_000);
  });

  test('the line on stderr', () => {
    const { logger, level, message, traceId, spanId } = session.lines[index]!;
    const span = session.spans[index]!;
    expect({ logger, level, traceId, spanId }).toEqual({
      logger: 'ts-calculator',
      level: levelOf(row),
      traceId: span.traceId,
      spanId: span.spanId,
    });
    const [, words, millis] = /^(.*) (\d+\.\d\d) ms$/.exec(message)!;
    expect(words).toBe(messageOf(row));
    expect(Number(millis)).toBeCloseTo(Number(span.end - span.start) / 1e6, 1);
  });

  test('the log record', () => {
    const record = session.logs[index]!;
    const line = session.lines[index]!;
    const { traceId, spanId } = session.spans[index]!;
    expect(record).toMatchObject({
      body: line.message,
      severityText: line.level,
      severityNumber: NUMBERS[line.level],
      ...{ traceId, spanId },
      flags: 1,
    });
    expect(new Date(Number(record.time / 1_000_000n)).toISOString()).toBe(line.time);
    expect(record.observedTime).toBeGreaterThanOrEqual(record.time);
  });
});

test('ids are random, and one for each', () => {
  const ids = session.spans.flatMap(({ traceId, spanId }) => [traceId, spanId]);
  expect(new Set(ids).size).toBe(2 * ROWS.length);
  for (const id of ids) expect(id).toMatch(/^(?!0+$)([0-9a-f]{32}|[0-9a-f]{16})$/);
});

test('the session id is a UUID', () => {
  expect(session.spans[0]!.attributes['session.id']).toMatch(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  );
});
