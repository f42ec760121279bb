import { Child, type ChildOptions } from '../../support/child';
import { poll } from '../../support/poll';
import { ROOT } from '../../support/root';
import { join } from 'node:path';

const LEASH = join(ROOT, 'test', 'support', 'leash.mjs');
const READY_MILLIS = 60_000;

/** A program of the stack that answers. */
export interface Part {
  /** The base URL. */
  readonly url: string;
  /** Ends it at once. */
  stop(): Promise<void>;
}

/**
 * Starts one, and waits until it says that it is ready. It ends with this process, however that ends.
 *
 * @param ready what answers with 200 then
 */
export async function startPart(
  command: string[],
  url: string,
  ready: string,
  options: ChildOptions = {},
): Promise<Part> {
  const child = new Child([process.execPath, LEASH, ...command], options);
  let hasEnded = false;
  void child.exit.then(() => (hasEnded = true)).catch(() => {});
  const answers = async (): Promise<boolean> => {
    if (hasEnded) throw new Error('it has ended');
    return fetch(ready).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  try {
    await poll(answers, READY_MILLIS, `an answer of ${ready}`);
  } catch (error) {
    await child.stop();
    throw new Error(`${command[0]}: ${(error as Error).message}\n${child.report()}`, {
      cause: error,
    });
  }
  return { url, stop: () => child.stop() };
}
