import { pause } from './time';

const POLL_MILLIS = 25;

/** Asks until there is a truthy answer; throws when it is late or when asking throws. */
export async function poll<T>(
  ask: () => Promise<T | false | undefined>,
  timeoutMillis: number,
  what: string,
): Promise<T> {
  const deadline = Date.now() + timeoutMillis;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`not in ${timeoutMillis} ms: ${what}`);
    await pause(POLL_MILLIS);
  }
}
