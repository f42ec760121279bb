import type { Settings } from '../config/settings';
import type { Deadline } from './deadline';
import type { Finding, PhoenixPage } from './finding';
import type { HttpClient } from './http-client';
import { findingOf, Obstacle, obstacleOf } from './obstacle';
import { findPhoenix, findProject, hasSpan, isFindable, projectOf, type Phoenix } from './phoenix';
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
/** Of the time for all, for the project's page. */
const LEFT_FOR_PROJECT_MILLIS = 500;

/** What is to be known beyond OTLP where a Phoenix takes the traces. Never rejects. */
export async function checkPhoenix(toCheck: PhoenixToCheck): Promise<Checked> {
  const { client, settings, isPhoenixMeant, send, deadline } = toCheck;
  const findings: Finding[] = [];
  const find = (check: string, state: Finding['state'], detail: string, millis?: number): void =>
    void findings.push({
      subject: 'traces',
      check,
      state,
      detail,
      ...(millis !== undefined && { millis }),
    });
  const attempt = async <T>(check: string, state: 'note' | 'fail', work: Promise<T>) => {
    try {
      return await deadline.within(work, 'silent');
    } catch (error) {
      findings.push(findingOf(obstacleOf(error), { subject: 'traces', check, state }));
      return undefined;
    }
  };

  // The look-ups are a help; the probe is what was asked for.
  const look = findPhoenix(client, settings.signals.traces.url);
  const phoenix = await attempt('Phoenix', 'note', look);
  if (phoenix) find('Phoenix', 'ok', `version ${phoenix.version}`);
  else if (isPhoenixMeant && findings.length === 0)
    find('Phoenix', 'note', 'what takes the traces there does not say that it is a Phoenix');

  if (send) {
    const sent = await attempt('probe span', 'fail', probe(toCheck, phoenix));
    if (sent) find('probe span', 'ok', sent.detail, sent.millis);
  }
  if (!phoenix) return { findings };

  const project = await attempt(
    'project',
    'note',
    findProject(client, phoenix, projectOf(settings)),
  );
  if (!project) return { findings };
  find('project', project.state, project.detail);
  return { findings, page: project.page };
}

/** Sends a span and waits until Phoenix has it. Rejects with an Obstacle where it does not come to that. */
async function probe(
  { client, settings, protocolVersion, deadline }: PhoenixToCheck,
  phoenix: Phoenix | undefined,
): Promise<{ readonly detail: string; readonly millis?: number }> {
  const stopwatch = startStopwatch();
  const millis = Math.min(SEND_MILLIS, deadline.left);
  const sent = await sendProbe(settings, protocolVersion, millis);
  if (sent.complaint !== undefined) throw new Obstacle(sent.complaint);
  const project = projectOf(settings);
  if (!phoenix || !isFindable(project)) return { detail: `taken: trace ${sent.traceId}` };
  if (!(await isStored(client, phoenix, project, sent, deadline))) {
    throw new Obstacle('taken, and not to be read in Phoenix yet', 'behind');
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
    if (deadline.left < LEFT_FOR_PROJECT_MILLIS) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MILLIS));
  }
  return true;
}
