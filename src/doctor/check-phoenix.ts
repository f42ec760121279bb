import type { Settings } from '../config/settings';
import type { Finding, PhoenixPage } from './finding';
import type { HttpClient } from './http-client';
import { Obstacle, obstacleOf, type Deadline } from './obstacle';
import { findPhoenix, findProject, hasSpan, projectOf, type Phoenix } from './phoenix';
import { sendProbe, type Probe } from './probe';
import { startStopwatch } from './stopwatch';

export interface PhoenixToCheck {
  readonly client: HttpClient;
  readonly settings: Settings;
  /** The address was given as a Phoenix's. */
  readonly isPhoenixMeant: boolean;
  readonly send: boolean;
  readonly protocolVersion: string;
  readonly deadline: Deadline;
}

interface Checked {
  readonly findings: readonly Finding[];
  readonly page?: PhoenixPage;
}

/** As much as a session has at its end. */
const SEND_MILLIS = 1_200;
const LOOK_AGAIN_MILLIS = 100;

/** What is to be known beyond OTLP where a Phoenix takes the traces. Never rejects. */
export async function checkPhoenix(toCheck: PhoenixToCheck): Promise<Checked> {
  const { client, settings, isPhoenixMeant, send, deadline } = toCheck;
  const findings: Finding[] = [];
  let check = 'Phoenix';
  const find = (state: Finding['state'], detail: string, millis?: number): void =>
    void findings.push({
      ...{ subject: 'traces', check, state, detail },
      ...(millis !== undefined && { millis }),
    });
  try {
    const url = settings.signals.traces.url;
    const phoenix = await deadline.within(findPhoenix(client, url), 'silent');
    if (phoenix) find('ok', `version ${phoenix.version}`);
    else if (isPhoenixMeant) find('note', 'what takes the traces there is no Phoenix');

    if (send) {
      check = 'probe span';
      const { detail, millis } = await probe(toCheck, phoenix);
      find('ok', detail, millis);
    }
    if (!phoenix) return { findings };

    check = 'project';
    const project = projectOf(settings);
    const { page, state, detail } = await deadline.within(
      findProject(client, phoenix, project),
      'silent',
    );
    find(state, detail);
    return { findings, page };
  } catch (error) {
    // The look-ups are a help; the span is what was asked for.
    find(check === 'probe span' ? 'fail' : 'note', obstacleOf(error).message);
    return { findings };
  }
}

/** Sends a span and waits until Phoenix has it. Rejects with an Obstacle where it does not come to that. */
async function probe(
  { client, settings, protocolVersion, deadline }: PhoenixToCheck,
  phoenix: Phoenix | undefined,
): Promise<{ readonly detail: string; readonly millis?: number }> {
  const stopwatch = startStopwatch();
  const millis = Math.min(SEND_MILLIS, deadline.left);
  const sent = await sendProbe(settings, protocolVersion, millis);
  if (sent.complaints !== '') throw new Obstacle(sent.complaints);
  if (!phoenix) return { detail: `taken: trace ${sent.traceId}` };
  const stored = isStored(client, phoenix, projectOf(settings), sent, deadline);
  if (!(await deadline.within(stored, 'silent'))) {
    throw new Obstacle(
      'taken, and not to be read in Phoenix yet: others may wait to be stored first',
    );
  }
  return { detail: `found in Phoenix: trace ${sent.traceId}`, millis: stopwatch() };
}

/** Phoenix stores what it has taken a little later. */
async function isStored(
  client: HttpClient,
  phoenix: Phoenix,
  project: string,
  sent: Probe,
  deadline: Deadline,
): Promise<boolean> {
  while (!(await hasSpan(client, phoenix, project, sent))) {
    if (deadline.left < 2 * LOOK_AGAIN_MILLIS) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MILLIS));
  }
  return true;
}
