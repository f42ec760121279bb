import type { Cli } from '../../support/cli';

/** Spans that a session makes beside its calls: `initialize` and `notifications/initialized`. */
export const HANDSHAKE_SPANS = 2;

/**
 * Calls `add` so often, some at a time: with little work, since this process is not what is tested.
 *
 * @param first the first call's number
 */
export async function callMany(cli: Cli, count: number, inFlight = 64, first = 0): Promise<void> {
  const before = cli.messages.length;
  const answered = () => cli.messages.length - before;
  for (let sent = 0; sent < count;) {
    const upTo = Math.min(count, answered() + inFlight);
    sendCalls(cli, first + upTo, first + sent);
    sent = upTo;
    await cli.waitFor(() => answered() > sent - inFlight, 'an answer');
  }
  await cli.waitFor(() => answered() === count, 'all answers');
}

/** Sends calls of these numbers without waiting for any answer. */
export function sendCalls(cli: Cli, to: number, from = 0): void {
  const params = (a: number) => ({ name: 'add', arguments: { a, b: 1 } });
  for (let a = from; a < to; a++) {
    cli.send({ jsonrpc: '2.0', id: `call ${a}`, method: 'tools/call', params: params(a) });
  }
}

/** The numbers of the calls that were answered rightly, in the order of their answers. */
export function answeredCalls(cli: Cli): number[] {
  return cli.messages.flatMap(({ id, result }) => {
    const a = Number(/^call (\d+)$/.exec(String(id))?.[1]);
    return result?.structuredContent?.result === String(a + 1) ? [a] : [];
  });
}

export const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

export const ascending = (numbers: number[]): number[] => [...numbers].sort((a, b) => a - b);
