/* global fetch, AbortSignal */
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { URLSearchParams } from 'node:url';

const POLL_MILLIS = 200;
/** Phoenix stores what it has taken in the background: within a second, unless it is busy. */
const LIMIT_MILLIS = 20_000;

/**
 * Waits until Phoenix shows all spans of a session (see session.mjs). Resolves with the `id` of the
 * project, as its page has it, and the `spans`, as Phoenix's REST API has them.
 * @throws where Phoenix refuses, or not all spans come
 */
export async function readBack({ base, project, session }) {
  const end = Date.now() + LIMIT_MILLIS;
  const name = `/v1/projects/${encodeURIComponent(project)}`;
  const query = new URLSearchParams({
    start_time: session.began.toISOString(),
    attribute: `mcp.client.name:${session.client}`,
    limit: '1000',
  });
  for (;;) {
    const found = await get(base, name);
    const spans = found ? ((await get(base, `${name}/spans?${query}`)) ?? []) : [];
    if (spans.length >= session.messages) return { id: found.id, spans };
    if (Date.now() > end) {
      const got = `${spans.length} of ${session.messages} spans`;
      throw new Error(`Phoenix has ${got} of the session. The calculator said:\n${session.stderr}`);
    }
    await setTimeout(POLL_MILLIS);
  }
}

/** The data at a path of Phoenix's REST API; undefined where there is none yet. */
async function get(base, path) {
  const key = process.env.PHOENIX_API_KEY;
  const response = await fetch(base + path, {
    headers: key ? { authorization: `Bearer ${key}` } : {},
    redirect: 'error',
    signal: AbortSignal.timeout(LIMIT_MILLIS),
  }).catch((error) => {
    throw new Error(`Phoenix does not answer any more: ${error.cause?.message ?? error.message}`);
  });
  if (response.status === 200) return (await response.json()).data;
  await response.body?.cancel();
  if (response.status === 404) return undefined;
  const remedy = response.status === 401 ? ': it wants a key, set PHOENIX_API_KEY' : '';
  throw new Error(`Phoenix answered ${response.status} to ${path}${remedy}.`);
}
