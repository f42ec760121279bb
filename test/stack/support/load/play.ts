import type { Receiver } from '../../../support/receiver';
import { pause } from '../../../support/time';
import type { Diary } from './diary';
import { BRIEF, HTTP, REFUSED, SIBLING, STDIO } from './cast';
import { startHttp, type OpenSession } from './http';
import { startSibling, type Call } from './sibling';
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

/**
 * The sibling's, by how long they take: each of the percentiles that panels show is in a bucket of its
 * own, and would be in another a few percent away.
 */
const PLAYED: readonly (readonly [count: number, call: Call])[] = [
  [60, { tool: 'add', outcome: 'ok', millis: 3.2 }],
  [28, { tool: 'add', outcome: 'ok', millis: 40 }],
  [2, { tool: 'add', outcome: 'cancelled', millis: 40 }],
  [2, { tool: 'add', outcome: 'error', code: '-32603', millis: 40 }],
  [5, { tool: 'divide', outcome: 'tool_error', error: 'division_by_zero', millis: 70 }],
  [3, { tool: 'divide', outcome: 'ok', millis: 700 }],
];
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
export async function play(stage: Stage): Promise<() => Promise<void>> {
  const { diary, fickle, settled } = stage;
  const servers = await start(stage);
  const { http, observed } = servers;
  const early = await http.begin();
  await round(servers, early);
  await brieflyPlay(stage);
  await observed.askToPing();
  await settled();

  fickle.behave({ kind: 'status', status: 503 });
  diary.refuse(REFUSED);
  await early.end();
  await http.askInNoSession();
  const late = await http.begin();
  await pause(BETWEEN_ROUNDS_MILLIS);
  await round(servers, late);
  await settled();

  return async () => {
    fickle.behave({ kind: 'status', status: 400 });
    diary.drop();
    await settled();
    await late.end();
    const { stdio, refused, sibling } = servers;
    await Promise.all([
      ...[stdio, refused, http, observed].map((server) => server.end()),
      sibling.end(SESSION_SECONDS),
    ]);
    await settled();
  };
}

/** All that play for long, each asked for the first time when its first export has arrived. */
async function start({ diary, env, fickle, settled }: Stage) {
  const away = {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${fickle.url}/v1/traces`,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${fickle.url}/v1/logs`,
  };
  const stdio = startStdio({ diary, service: STDIO, env, slow: 60 });
  const refused = startStdio({ diary, service: REFUSED, env: { ...env, ...away } });
  const [http, observed, sibling] = await Promise.all([
    startHttp({ diary, service: HTTP, env, slow: 20 }),
    startObserved({ diary, env }),
    startSibling({ diary, service: SIBLING, env }),
  ]);
  for (const [, call] of PLAYED.slice(1)) await sibling.call({ ...call, isFirst: true });
  await settled();
  return { http, observed, sibling, stdio: await stdio.begin(), refused: await refused.begin() };
}

type Servers = Awaited<ReturnType<typeof start>>;

async function round(
  { stdio, refused, observed, sibling }: Servers,
  session: OpenSession,
): Promise<void> {
  const playAll = async (): Promise<void> => {
    for (const [count, call] of PLAYED) {
      for (let made = 0; made < count; made++) await sibling.call(call);
    }
  };
  await Promise.all([
    stdio.ask(...ON_STDIO),
    refused.ask(...BRIEFLY),
    session.ask(...OVER_HTTP),
    observed.ask(...OBSERVED),
    playAll(),
  ]);
}

/** One process after the other, asked as soon as it is started. */
async function brieflyPlay({ diary, env }: Stage): Promise<void> {
  for (const version of BRIEF_VERSIONS) {
    const server = await startStdio({ diary, service: BRIEF, env }).begin(version);
    await server.ask(...BRIEFLY);
    await server.end();
  }
}
