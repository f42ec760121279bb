import { describeSource, redactUrls, type Endpoint } from '../config';
import { placeOf } from '../config/place';
import type { SignalName, SignalSettings } from '../config/settings';
import type { Cause } from '../telemetry/remedies';
import { openConnection, shakeHands } from './connection';
import type { Finding } from './finding';
import type { HttpClient, Reply } from './http-client';
import type { Deadline } from './deadline';
import { findingOf, Obstacle, obstacleOf } from './obstacle';
import { resolveName } from './resolve-name';
import { startStopwatch } from './stopwatch';

export interface SignalToCheck {
  readonly signal: SignalName;
  readonly settings: SignalSettings;
  readonly endpoint: Endpoint;
  /** There is a key for Phoenix, and this endpoint is not meant as one. */
  readonly isKeyWithheld: boolean;
  readonly client: HttpClient;
  readonly deadline: Deadline;
}

/** One step on the way to a receiver: resolves with what there is to say of it. */
interface Step {
  readonly check: string;
  /** What a step that takes too long means. */
  readonly late: Cause;
  run(): Promise<Passed>;
}

type Passed = Pick<Finding, 'detail' | 'millis'>;

/**
 * Goes the way of an export, step by step, up to the first obstacle. Never rejects.
 *
 * @returns a finding for each step; the last one tells whether the signal is well
 */
export async function checkSignal(toCheck: SignalToCheck): Promise<readonly Finding[]> {
  const { signal, endpoint, deadline } = toCheck;
  const findings: Finding[] = [
    { subject: signal, check: 'endpoint', state: 'ok', detail: describeEndpoint(endpoint) },
  ];
  for (const { check, late, run } of stepsOf(toCheck)) {
    try {
      const passed = await deadline.within(run(), late);
      findings.push({ subject: signal, check, state: 'ok', ...passed });
    } catch (error) {
      findings.push(failure(toCheck, check, obstacleOf(error)));
      break;
    }
  }
  return findings;
}

function stepsOf({ signal, settings, endpoint, client, deadline }: SignalToCheck): readonly Step[] {
  const { url, tls } = settings;
  const place = placeOf(new URL(endpoint.proxy?.url ?? url));
  const isTls = url.startsWith('https:') && endpoint.proxy === undefined;
  const steps: readonly Step[] = [
    {
      check: 'name',
      late: 'EAI_AGAIN',
      run: () => timed(resolveName(place.host, deadline.left)),
    },
    {
      check: 'connection',
      late: 'ETIMEDOUT',
      async run() {
        const { socket, millis } = await openConnection(place);
        socket.destroy();
        return { detail: `port ${place.port} is open`, millis };
      },
    },
    {
      check: 'TLS',
      late: 'silent',
      async run() {
        const { socket } = await openConnection(place);
        return timed(shakeHands(socket, place, tls));
      },
    },
    {
      check: 'answer',
      late: 'silent',
      async run() {
        refuseObstacle(await client.postNothing(url), settings);
        // This one has the connection already: its time is the round trip's.
        const { status, millis } = await client.postNothing(url);
        return { detail: `${status}: ${signal} are taken`, millis };
      },
    },
  ];
  return steps.filter(({ check }) => isTls || check !== 'TLS');
}

async function timed(work: Promise<string>): Promise<Passed> {
  const stopwatch = startStopwatch();
  return { detail: await work, millis: stopwatch() };
}

/** Throws what an answer to an empty export says against sending there. */
function refuseObstacle(reply: Reply, settings: SignalSettings): void {
  const { status, isWebPage } = reply;
  const isTaken = status >= 200 && status <= 299;
  if (isTaken && !isWebPage) return;
  throw new Obstacle(describeReply(reply, settings), isTaken ? 'html' : status);
}

function describeReply(
  { status, isWebPage, location }: Reply,
  { headers }: SignalSettings,
): string {
  const answered = `answered ${status}`;
  if (isWebPage) return `${answered} with a web page`;
  if (location !== undefined) return `${answered} and leads to ${redactUrls(location)}`;
  if (status !== 401 && status !== 403) return answered;
  return `${answered}: ${headers['authorization'] === undefined ? 'no key was sent' : 'a key was sent'}`;
}

function failure(toCheck: SignalToCheck, check: string, obstacle: Obstacle): Finding {
  const { signal: subject, settings } = toCheck;
  // Nobody asked for a receiver at the built-in address: its absence is no fault.
  const isUnasked = !settings.configured && check !== 'answer';
  const about = { subject, check, state: isUnasked ? 'note' : 'fail' } as const;
  return findingOf(obstacle, about, specialRemedy(toCheck, check, obstacle));
}

/** Where more is known than what the obstacle says. */
function specialRemedy(
  { signal, endpoint, isKeyWithheld }: SignalToCheck,
  check: string,
  { cause }: Obstacle,
): string | undefined {
  if (endpoint.proxy && check !== 'answer') {
    return 'this is the proxy: check its address, or go without it by NO_PROXY';
  }
  if (signal === 'traces' && cause === 401 && isKeyWithheld) {
    return (
      "Phoenix's key goes only to an address that is given as a Phoenix's: give it by " +
      `PHOENIX_ENDPOINT in place of ${describeSource(endpoint.source)}, or the key by OTEL_EXPORTER_OTLP_HEADERS`
    );
  }
  return undefined;
}

function describeEndpoint({ url, source, proxy }: Endpoint): string {
  const through = proxy
    ? `, through ${redactUrls(proxy.url)} (${describeSource(proxy.source)})`
    : '';
  return `${redactUrls(url)} (${describeSource(source)})${through}`;
}
