/** How a session is ended from outside: a supervisor, Ctrl-C, a terminal that goes away. */
const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** @param handle gets each signal that would end this process, which from now on it does not */
export function onEndSignals(handle: (name: NodeJS.Signals) => void): void {
  for (const name of END_SIGNALS) process.on(name, handle);
}
