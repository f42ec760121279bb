import { constants } from 'node:os';

/** How a session is ended from outside: a supervisor, Ctrl-C, a terminal that goes away. */
const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** @param handle gets each signal that would end this process, which from now on it does not */
export function onEndSignals(handle: (name: NodeJS.Signals) => void): void {
  for (const name of END_SIGNALS) process.on(name, handle);
}

/** The first signal ends what is served in order, the second at once. */
export function onEnd(stop: () => void): void {
  let seen = false;
  onEndSignals((name) => {
    if (seen) process.exit(128 + constants.signals[name]);
    seen = true;
    stop();
  });
}
