import { check, sleep } from 'k6';
import { scenario } from 'k6/execution';
import { CALLS, MISTAKES } from './calls.js';
import { Client } from './mcp.js';

const TOOLS = ['add', 'subtract', 'multiply', 'divide'];
/** After a session that could not be begun, in seconds: a server that is full wants time. */
const BACK_OFF = 1;

/** All calls and all mistakes. */
export const everything = () => [...CALLS, ...MISTAKES];

/**
 * All calls, and in each fifth session one mistake: an error rate below the 5 % at which people are
 * woken.
 */
export function everyday() {
  const number = scenario.iterationInTest;
  const mistake = number % 5 === 0 ? [MISTAKES[(number / 5) % MISTAKES.length]] : [];
  return [...CALLS, ...mistake];
}

/**
 * One client's session, from `initialize` to DELETE, every answer checked.
 *
 * @param calls of calls.js, in their order
 * @param pause between two calls, in seconds
 */
export async function session(calls, pause = 0) {
  const client = new Client();
  const { response, result, session } = client.initialize();
  check(response, {
    'initialize: 200, with a session': ({ status }) => status === 200 && Boolean(session),
    'initialize: the revision asked for': () => result?.protocolVersion === '2025-11-25',
  });
  if (!session) return sleep(BACK_OFF);

  check(client.notify('notifications/initialized'), {
    'initialized: 202, no body': ({ status, body }) => status === 202 && !body,
  });
  const stream = client.openStream();
  check(client.request('tools/list'), {
    'tools/list: the four tools': ({ result }) =>
      String(result?.tools?.map(({ name }) => name)) === String(TOOLS),
  });
  for (const call of calls) {
    ask(client, call);
    sleep(pause);
  }
  check(client.end(), { 'end: 200 or 204': ({ status }) => status === 200 || status === 204 });
  await stream;
}

/** Makes one call and checks its answer: the status, and each digit. */
function ask(client, { tool, args, expected }) {
  const { a, b = 'nothing' } = args;
  const answer = client.call(tool, args);
  check(answer, { [`${tool} ${a}, ${b}: ${Object.values(expected).join(', ')}`]: isAsExpected });

  function isAsExpected({ response, result, error }) {
    if (response.status !== 200) return false;
    if (expected.code) return error?.code === expected.code;
    if (expected.error) return result?.isError && result.content[0].text.includes(expected.error);
    const { structuredContent = {} } = result ?? {};
    return Object.keys(expected).every((key) => structuredContent[key] === expected[key]);
  }
}
