/* global fetch, AbortSignal */
import { URL } from 'node:url';

const ANSWER_MILLIS = 5_000;

/**
 * Where Phoenix is, or is to be: `http://localhost:6006`, without a slash at its end.
 * @param env the environment's variables
 * @throws where one of them is no address or no port
 */
export function baseUrl(env) {
  const name = ['PHOENIX_ENDPOINT', 'PHOENIX_COLLECTOR_ENDPOINT'].find((one) => env[one]);
  if (!name) return `http://localhost:${port(env.PHOENIX_PORT || '6006')}`;
  try {
    const { origin, pathname } = new URL(env[name]);
    return origin + pathname.replace(/\/+$/, '').replace(/\/v1\/traces$/, '');
  } catch {
    throw new Error(`${name} is no URL; it should be like http://localhost:6006`);
  }
}

function port(text) {
  if (/^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65_536) return text;
  throw new Error(`PHOENIX_PORT: '${text}' is no port; it should be a number like 6006`);
}

/**
 * The version of the Phoenix at an address; undefined where nothing listens.
 * @throws where something else does
 */
export async function phoenixVersion(base) {
  const remedy = 'Set PHOENIX_PORT to a free port, or PHOENIX_ENDPOINT to where Phoenix is';
  const other = (what) => new Error(`${base} is no Phoenix: ${what}. ${remedy}.`);
  let response, text;
  try {
    response = await fetch(`${base}/arize_phoenix_version`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MILLIS),
    });
    text = await response.text();
  } catch (error) {
    if (error.cause?.code === 'ECONNREFUSED') return undefined;
    throw other(error.cause?.message || error.message);
  }
  const version = text.trim();
  if (response.status === 200 && /^\d+\.\d+\.\d+\S*$/.test(version)) return version;
  throw other(`it answers ${response.status} where its version should be`);
}

/** Whether the Phoenix there takes requests. */
export async function isReady(base) {
  try {
    const signal = AbortSignal.timeout(ANSWER_MILLIS);
    return (await fetch(`${base}/readyz`, { redirect: 'manual', signal })).status === 200;
  } catch {
    return false;
  }
}
