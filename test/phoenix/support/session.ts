import { startCli, type Cli, type CliOptions, type Exit } from '../../support/cli';
import { HANDSHAKE_SPANS } from '../../e2e/support/load';
import { shared } from './shared';

/** What Phoenix takes. */
const TRACES_ONLY = { OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };

/** Starts the product with its traces to the shared Phoenix, or to where `env` says. */
export const startTraced = ({ env, ...options }: CliOptions = {}): Cli =>
  startCli({ ...options, env: { PHOENIX_ENDPOINT: shared().url, ...TRACES_ONLY, ...env } });

/** The calls of a short session, and all of its spans. */
export const CALLS = 5;
export const MADE = HANDSHAKE_SPANS + CALLS;

/** Small batches, soon sent, so that a receiver is asked more than once. */
export const QUICKLY = { OTEL_BSP_SCHEDULE_DELAY: '20' };

export interface ShortSession {
  cli: Cli;
  exit: Exit;
}

/** A session of five calls, which are answered rightly whatever becomes of their spans. */
export async function shortSession(options: CliOptions): Promise<ShortSession> {
  const cli = startTraced({ ...options, env: { ...QUICKLY, ...options.env } });
  await cli.initialize();
  for (let a = 0; a < CALLS; a++) {
    const { result } = await cli.call('add', { a, b: 1 });
    expect(result.structuredContent.result).toBe(String(a + 1));
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  const exit = await cli.end();
  expect(exit.code).toBe(0);
  return { cli, exit };
}
