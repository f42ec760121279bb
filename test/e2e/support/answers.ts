import { startCli, type Cli } from '../../support/cli';
import type { Signal } from '../../support/otlp-types';
import type { ReceivedRequest, Receiver } from '../../support/receiver';

/**
 * Small batches, soon sent, and metrics often: so that answers follow one another quickly. An export of
 * metrics has no more time than lies between two of them: enough for a busy machine.
 */
const QUICKLY = {
  OTEL_BSP_SCHEDULE_DELAY: '20',
  OTEL_BLRP_SCHEDULE_DELAY: '20',
  OTEL_METRIC_EXPORT_INTERVAL: '400',
};

export async function startQuickly(receiver: Receiver, env = {}): Promise<Cli> {
  const cli = startCli({ env: { ...receiver.env, ...QUICKLY, ...env } });
  await cli.initialize();
  return cli;
}

export const requestsOf = (receiver: Receiver, signal: Signal): ReceivedRequest[] =>
  receiver.requests.filter((request) => request.signal === signal);

export const RECORDS = { traces: 'spans', logs: 'logs' } as const;
export const NOUNS = { traces: 'span', logs: 'log' } as const;

/** What the program itself said of telemetry on stderr, without time and ids. */
export const said = (cli: Cli): string[] =>
  [...cli.stderr.matchAll(/ - ([A-Z]+) - \[[^\]]*\] - (telemetry: .*)$/gm)].map(
    ([, level, message]) => `${level} ${message}`,
  );
