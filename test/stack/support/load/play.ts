import type { Receiver } from '../../../support/receiver';
import { pause } from '../../../support/time';
import type { Diary } from './diary';
import { BRIEF, HTTP, REFUSED, SIBLING, STDIO } from './cast';
import { startHttp } from './http';
import { startSibling } from './sibling';
import { startObserved, startStdio } from './stdio';
import { ask, call, failing, times, UNKNOWN, UNKNOWN_TOOL, type Step } from './steps';

// The load: what each server is asked. Its driver knows how each call ends.

const ADD = call('add', { a: 0.1, b: 0.2 });
const DIVIDE_BY_ZERO = failing(call('divide', { a: 1, b: 0 }), 'division_by_zero');
const DIVIDE_BY_NOTHING = failing(call('divide', { a: 1 }), 'missing_args');
const OTHERS = [ask('tools/list'), ask('ping'), UNKNOWN, UNKNOWN_TOOL];

const ON_STDIO = [...times(9, ADD), DIVIDE_BY_ZERO, DIVIDE_BY_ZERO, DIVIDE_BY_NOTHING, ...OTHERS];
const OVER_HTTP = [...times(14, ADD), DIVIDE_BY_ZERO, ...OTHERS];
const BRIEFLY = [ADD, ADD, ADD, DIVIDE_BY_ZERO];
const OBSERVED: Step[] = [
  ...times(6, call('greet', { name: 'Ada' })),
  failing(call('greet', {}), 'internal'),
  UNKNOWN_TOOL,
  ask('ping'),
];

/** Of MCP: what the session agrees on is not always what the server would like best. */
const BRIEF_VERSIONS = ['2025-11-25', '2024-11-05'];

/** How long the sibling's calls take, most of them and the others: in the middle of a bucket each. */
const [FAST, SLOW] = [3.2, 40];
const PLAYED = [
  ...times(6, ADD).map((step) => ({ ...step, millis: FAST })),
  ...times(3, ADD).map((step) => ({ ...step, millis: SLOW })),
  { ...DIVIDE_BY_ZERO, millis: SLOW },
].map(({ tool, outcome, error, millis }) => ({ tool, outcome, error, millis }));
const SESSION_SECONDS = 42;

/** Two exports and a bit. */
const BETWEEN_ROUNDS_MILLIS = 3500;

interface Stage {
  readonly diary: Diary;
  /** A server's environment. */
  readonly env: Record<string, string>;
  /** Where one of the services sends its spans and log records. */
  readonly fickle: Receiver;
  /** Waits until the database has all that is in the diary. */
  readonly settled: () => Promise<unknown>;
}

/**
 * Lets six services play, until their sessions are all that is left to end.
 *
 * @returns what ends them
 */
export async function play({ diary, env, fickle, settled }: Stage): Promise<() => Promise<void>> {
  const away = {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${fickle.url}/v1/traces`,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${fickle.url}/v1/logs`,
  };
  const starting = startStdio({ diary, service: STDIO, env, slow: 60 });
  const refusing = startStdio({ diary, service: REFUSED, env: { ...env, ...away } });
  const [http, observed, sibling] = await Promise.all([
    startHttp({ diary, service: HTTP, env, slow: 20 }),
    startObserved({ diary, env }),
    startSibling({ diary, service: SIBLING, env }),
  ]);
  for (const millis of [FAST, SLOW]) {
    await sibling.call({ tool: 'add', outcome: 'ok', millis, isFirst: true });
  }
  const first = { tool: 'divide', outcome: 'tool_error', error: 'division_by_zero' } as const;
  await sibling.call({ ...first, millis: SLOW, isFirst: true });
  await settled();

  const [stdio, refused, early] = await Promise.all([
    starting.begin(),
    refusing.begin(),
    http.begin(),
  ]);
  const round = async (session: typeof early): Promise<void> => {
    await Promise.all([
      stdio.ask(...ON_STDIO),
      refused.ask(...BRIEFLY),
      session.ask(...OVER_HTTP),
      observed.ask(...OBSERVED),
      (async () => {
        for (const each of PLAYED) await sibling.call(each);
      })(),
    ]);
  };
  await round(early);
  for (const version of BRIEF_VERSIONS) {
    const brief = await startStdio({ diary, service: BRIEF, env }).begin(version);
    await brief.ask(...BRIEFLY);
    await brief.end();
  }
  await observed.askToPing();
  await settled();
  fickle.behave({ kind: 'status', status: 503 });
  diary.refuse(REFUSED);
  await early.end();
  await http.askInNoSession();
  const late = await http.begin();
  await pause(BETWEEN_ROUNDS_MILLIS);
  await round(late);
  await settled();

  return async () => {
    fickle.behave({ kind: 'status', status: 400 });
    diary.drop();
    await settled();
    await late.end();
    await Promise.all([
      stdio.end(),
      refused.end(),
      http.end(),
      observed.end(),
      sibling.end(SESSION_SECONDS),
    ]);
    await settled();
  };
}
