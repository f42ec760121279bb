import { startCli, type CliOptions } from '../../support/cli';
import { QUIET } from './lines';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the product as a command, with an empty stdin and, unless told otherwise, no telemetry. */
export async function command(args: string[], options: CliOptions = {}): Promise<Finished> {
  const cli = startCli({ ...options, args, env: { ...QUIET, ...options.env } });
  const { code } = await cli.end();
  return { code, stdout: cli.stdout, stderr: cli.stderr };
}
