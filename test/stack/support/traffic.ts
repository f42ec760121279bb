import type { Cli } from '../../support/cli';

/** A tool and its arguments. */
export type Call = readonly [string, object];

export interface Traffic {
  /** Asks no more; resolves when all is answered. */
  stop(): Promise<void>;
}

/**
 * Calls a server at a steady rate, whether it has answered or not.
 *
 * @param next what is called as the nth, from 1 on
 */
export function startTraffic(cli: Cli, perSecond: number, next: (n: number) => Call): Traffic {
  const answers: Promise<unknown>[] = [];
  const timer = setInterval(
    () => void answers.push(cli.call(...next(answers.length + 1))),
    1000 / perSecond,
  );
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(answers);
    },
  };
}
