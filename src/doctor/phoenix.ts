import type { Settings } from '../config/settings';
import type { Finding, PhoenixPage } from './finding';
import type { HttpClient } from './http-client';

/** A Phoenix that answers. */
export interface Phoenix {
  /** Without a slash at its end. */
  readonly base: string;
  readonly version: string;
}

const TRACES_PATH = /\/v1\/traces$/;

/** @returns undefined where it is something else that takes the traces; rejects where it does not answer */
export async function findPhoenix(client: HttpClient, url: string): Promise<Phoenix | undefined> {
  const { origin, pathname } = new URL(url);
  if (!TRACES_PATH.test(pathname)) return undefined;
  const base = origin + pathname.replace(TRACES_PATH, '');
  const { status, isWebPage, body } = await client.get(`${base}/arize_phoenix_version`);
  const version = body.trim();
  return status === 200 && !isWebPage && /^\d+(\.\w+)+$/.test(version)
    ? { base, version }
    : undefined;
}

/** The project that the spans come to: the header beats the resource's attribute. */
export const projectOf = ({ signals, phoenixProject }: Settings): string =>
  signals.traces.headers['x-project-name'] ?? phoenixProject;

/** Where the project's page is. Rejects where Phoenix does not answer. */
export async function findProject(
  client: HttpClient,
  { base, version }: Phoenix,
  project: string,
): Promise<{ page: PhoenixPage; state: Finding['state']; detail: string }> {
  const page = { version, project };
  if (/[/?#]/.test(project)) {
    return { page, state: 'note', detail: `${project}: Phoenix finds no name with / ? or #` };
  }
  const { status, body } = await client.get(`${base}/v1/projects/${encodeURIComponent(project)}`);
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
  const url = `${base}/projects/${encodeURIComponent(id)}`;
  return { page: { ...page, url }, state: 'ok', detail: `${project}: ${url}` };
}

/** Whether the span can be read in its project by now. */
export async function hasSpan(
  client: HttpClient,
  { base }: Phoenix,
  project: string,
  { traceId, spanId }: { readonly traceId: string; readonly spanId: string },
): Promise<boolean> {
  const spans = `${base}/v1/projects/${encodeURIComponent(project)}/spans?trace_id=${traceId}`;
  const { status, body } = await client.get(spans);
  return status === 200 && body.includes(spanId);
}

function idIn(body: string): string | undefined {
  try {
    const { data } = JSON.parse(body) as { data?: { id?: unknown } };
    return typeof data?.id === 'string' ? data.id : undefined;
  } catch {
    return undefined;
  }
}
