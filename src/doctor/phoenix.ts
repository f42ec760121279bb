import type { Settings } from '../config/settings';
import type { Finding, PhoenixPage } from './finding';
import type { HttpClient } from './http-client';

/** A Phoenix that answers. */
export interface Phoenix {
  readonly version: string;
  /** The URL of a path below its base, credentials and query as the traces' URL has them. */
  readonly urlOf: (path: string) => string;
}

const TRACES_PATH = /\/v1\/traces$/;

/** @returns undefined where it is something else that takes the traces; rejects where it does not answer */
export async function findPhoenix(client: HttpClient, url: string): Promise<Phoenix | undefined> {
  const traces = new URL(url);
  if (!TRACES_PATH.test(traces.pathname)) return undefined;
  const urlOf = (path: string): string => {
    const wanted = new URL(traces);
    wanted.pathname = traces.pathname.replace(TRACES_PATH, path);
    return wanted.href;
  };
  const { status, isWebPage, body } = await client.get(urlOf('/arize_phoenix_version'));
  const version = body.trim();
  const isVersion = status === 200 && !isWebPage && /^\d+(\.\w+)+$/.test(version);
  return isVersion ? { version, urlOf } : undefined;
}

/** The project that the spans come to: the header beats the resource's attribute. */
export const projectOf = ({ signals, phoenixProject }: Settings): string =>
  signals.traces.headers['x-project-name'] ?? phoenixProject;

/** Whether Phoenix finds a project by its name: its look-ups take these for parts of the address. */
export const isFindable = (project: string): boolean => !/[/?#]/.test(project);

/** Where the project's page is. Rejects where Phoenix does not answer. */
export async function findProject(
  client: HttpClient,
  phoenix: Phoenix,
  project: string,
): Promise<{ page: PhoenixPage; state: Finding['state']; detail: string }> {
  const page = { version: phoenix.version, project };
  if (!isFindable(project)) {
    return { page, state: 'note', detail: `${project}: Phoenix finds no name with / ? or #` };
  }
  const { status, body } = await client.get(phoenix.urlOf(pathOf(project)));
  if (status === 404) {
    return { page, state: 'ok', detail: `${project} is not there yet: its first span makes it` };
  }
  const id = status === 200 ? idIn(body) : undefined;
  if (id === undefined) {
    return {
      page,
      state: 'note',
      detail: `${project}: Phoenix answered ${status} when asked for it`,
    };
  }
  const { origin, pathname } = new URL(phoenix.urlOf(`/projects/${encodeURIComponent(id)}`));
  const url = origin + pathname;
  return { page: { ...page, url }, state: 'ok', detail: `${project}: ${url}` };
}

/** Whether the span can be read in its project by now. */
export async function hasSpan(
  client: HttpClient,
  phoenix: Phoenix,
  project: string,
  { traceId, spanId }: { readonly traceId: string; readonly spanId: string },
): Promise<boolean> {
  const spans = new URL(phoenix.urlOf(`${pathOf(project)}/spans`));
  spans.searchParams.set('trace_id', traceId);
  const { status, body } = await client.get(spans.href);
  return status === 200 && body.includes(spanId);
}

const pathOf = (project: string): string => `/v1/projects/${encodeURIComponent(project)}`;

function idIn(body: string): string | undefined {
  try {
    const { data } = JSON.parse(body) as { data?: { id?: unknown } };
    return typeof data?.id === 'string' ? data.id : undefined;
  } catch {
    return undefined;
  }
}
