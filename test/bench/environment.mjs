import process from 'node:process';

/** What may steer a server or Node from outside: no variant is to have it. */
const FOREIGN = /^(OTEL_|PHOENIX_|SENTRY_|TS_CALCULATOR_|NODE_|npm_)|^SERVICE_VERSION$|_proxy$/i;

/** This process's environment without anything that steers a server, and with `extra`. */
export const cleanEnvironment = (extra = {}) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
  ...extra,
});
