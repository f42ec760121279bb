import { Notices } from '../../src/telemetry/notices';

const TRACES = 'http://key:secret@host:6006/v1/traces?token=secret';
const LOGS = 'http://host:4318/v1/logs';
const METRICS = 'http://host:4318/v1/metrics';

let said: string[];
let notices: Notices;
beforeEach(() => {
  jest.useFakeTimers();
  said = [];
  notices = new Notices((level, message) => said.push(`${level} ${message}`));
});
afterEach(() => jest.useRealTimers());

const missing = (signal: 'traces' | 'logs' | 'metrics', url: string, configured: boolean): void =>
  notices.unreachable({ signal, url, isProxy: false, problem: 'ECONNREFUSED', configured });

test('receivers that nobody asked for are missed in one info line', () => {
  missing('logs', LOGS, false);
  missing('traces', TRACES, false);
  missing('metrics', METRICS, false);
  missing('metrics', METRICS, false);
  expect(said).toEqual([]);
  jest.advanceTimersByTime(300);
  expect(said).toEqual([
    'info telemetry: nothing answers at http://host:6006 (traces; ECONNREFUSED) and ' +
      'http://host:4318 (metrics, logs; ECONNREFUSED): start one there, name another (ts-calculator doctor ' +
      'says how), or turn them off (--traces none --metrics none --logs none)',
  ]);
});

test('those that were asked for in a warning; the end does not wait for more', () => {
  missing('traces', TRACES, true);
  missing('logs', LOGS, false);
  notices.flush();
  expect(said).toEqual([
    'warn telemetry: nothing answers at http://host:6006 (traces; ECONNREFUSED): check host and port; what is made is kept for a while and it is tried again',
    expect.stringMatching(
      /^info .*http:\/\/host:4318 \(logs; ECONNREFUSED\): start one there.*turn it off \(--logs none\)$/,
    ),
  ]);
  jest.advanceTimersByTime(1_000);
  notices.flush();
  expect(said).toHaveLength(2);
});

describe('a session that ends at once', () => {
  beforeEach(() => {
    notices = new Notices(
      (level, message) => said.push(`${level} ${message}`),
      ['traces', 'metrics', 'logs'],
    );
  });

  test('waits with what is missing until all were looked for: it is one line', () => {
    missing('traces', TRACES, false);
    notices.hurry();
    missing('logs', LOGS, false);
    expect(said).toEqual([]);
    missing('metrics', METRICS, false);
    expect(said).toEqual([expect.stringMatching(/:6006 \(traces;.*:4318 \(metrics, logs;/)]);
    notices.flush();
    jest.advanceTimersByTime(1_000);
    expect(said).toHaveLength(1);
  });

  test('a receiver that is there was looked for, too', () => {
    missing('traces', TRACES, false);
    notices.found('metrics');
    notices.hurry();
    expect(said).toEqual([]);
    notices.found('logs');
    expect(said).toHaveLength(1);
  });

  test('nothing is waited for that was looked for before', () => {
    for (const signal of ['traces', 'metrics', 'logs'] as const) missing(signal, TRACES, false);
    expect(said).toEqual([]);
    notices.hurry();
    expect(said).toHaveLength(1);
  });

  test('what goes missing afterwards is gathered until the end', () => {
    for (const signal of ['traces', 'metrics', 'logs'] as const) notices.found(signal);
    notices.hurry();
    for (const signal of ['traces', 'metrics', 'logs'] as const) missing(signal, TRACES, true);
    expect(said).toEqual([]);
    notices.flush();
    expect(said).toHaveLength(1);
  });

  test.each([
    ['not for ever', () => jest.advanceTimersByTime(300)],
    ['not after the end', () => notices.flush()],
  ])('%s', (_, end) => {
    missing('traces', TRACES, false);
    notices.hurry();
    end();
    expect(said).toHaveLength(1);
  });
});

test('a receiver that comes before its absence was told is no news', () => {
  missing('traces', TRACES, true);
  notices.answered('traces', TRACES);
  jest.advanceTimersByTime(1_000);
  expect(said).toEqual([]);
});

const DOWN =
  'warn telemetry: traces: http://host:6006/v1/traces: answered 503 (it has more than it can take: if that lasts, send fewer with OTEL_TRACES_SAMPLER); what is made is kept and it is tried again';
const WELL = 'info telemetry: traces: http://host:6006/v1/traces answers';

test('a proxy that is missing is named as one, without its password', () => {
  const url = 'http://me:secret@proxy:3128';
  notices.unreachable({
    ...{ signal: 'traces', url, isProxy: true, problem: 'ECONNREFUSED', configured: true },
  });
  missing('metrics', METRICS, true);
  notices.flush();
  expect(said).toEqual([
    'warn telemetry: nothing answers at the proxy http://proxy:3128 (traces; ECONNREFUSED) and ' +
      'http://host:4318 (metrics; ECONNREFUSED): check host and port; what is made is kept for a while and it is tried again',
  ]);
});

test('a failure is told once, its end too, and then the next one', () => {
  const fail = () => notices.failing('traces', TRACES, 'answered 503', 503);
  notices.answered('traces', TRACES);
  fail();
  fail();
  expect(said).toEqual([DOWN]);
  notices.answered('traces', TRACES);
  notices.answered('traces', TRACES);
  fail();
  expect(said).toEqual([DOWN, WELL, DOWN]);
});

test('a rest is told once, in words that help, and again after it was well', () => {
  const rest = () => notices.notTaken('metrics', METRICS, 405, 405);
  rest();
  rest();
  notices.answered('metrics', METRICS);
  rest();
  expect(said.map((line) => line.slice(0, 63))).toEqual([
    'warn telemetry: metrics: http://host:4318/v1/metrics answered 4',
    'info telemetry: metrics: http://host:4318/v1/metrics answers',
    'warn telemetry: metrics: http://host:4318/v1/metrics answered 4',
  ]);
  expect(said[0]).toContain('Phoenix takes traces only: send metrics to a collector with');
});

test('what is told once stays told', () => {
  for (let i = 0; i < 3; i++) {
    notices.refused('traces', TRACES, 413);
    notices.refused('logs', LOGS, 413);
    notices.refused('logs', LOGS, 507);
    notices.partial('traces', TRACES, 3, 'too old');
    notices.partial('traces', TRACES, 0, 'soon too old');
    notices.unfit('logs', 'no log record');
    notices.answered('traces', TRACES);
  }
  expect(said).toEqual([
    'warn telemetry: traces: http://host:6006/v1/traces answered 413 (too large: lower OTEL_BSP_MAX_EXPORT_BATCH_SIZE); such a batch is dropped (told once)',
    'warn telemetry: logs: http://host:4318/v1/logs answered 413 (too large: lower OTEL_BLRP_MAX_EXPORT_BATCH_SIZE); such a batch is dropped (told once)',
    'warn telemetry: logs: http://host:4318/v1/logs answered 507 (its database is full: delete what is old there, or give it more room); such a batch is dropped (told once)',
    'warn telemetry: traces: http://host:6006/v1/traces took a batch in part and dropped 3: too old (told once)',
    'warn telemetry: traces: http://host:6006/v1/traces warns: soon too old (told once)',
    'warn telemetry: logs: no log record; what cannot be sent is dropped (told once)',
  ]);
});

test('no secret of a URL is told', () => {
  notices.failing('traces', TRACES, 'x', undefined);
  notices.refused('traces', TRACES, 400);
  notices.notTaken('traces', TRACES, 'html', 200);
  missing('traces', TRACES, true);
  notices.flush();
  expect(said.join()).not.toContain('secret');
});
