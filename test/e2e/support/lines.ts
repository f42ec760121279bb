import { onlyJsonRpc, startCli, type Cli, type CliOptions, type Exit } from '../../support/cli';

/** No telemetry: these tests look at the protocol alone. */
export const QUIET = { OTEL_SDK_DISABLED: 'true', TS_CALCULATOR_LOG_LEVEL: 'error' };

/** All of telemetry, to stderr. */
export const CONSOLE = {
  OTEL_TRACES_EXPORTER: 'console',
  OTEL_METRICS_EXPORTER: 'console',
  OTEL_LOGS_EXPORTER: 'console',
};

export interface Piped {
  cli: Cli;
  exit: Exit;
  /** Each line of stdout, parsed. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  replies: any[];
}

/** What a shell pipe does: writes everything, closes stdin, reads stdout to its end. */
export async function pipe(
  input: string | Buffer | readonly (string | object)[],
  { env, ...options }: CliOptions = {},
): Promise<Piped> {
  const cli = startCli({ ...options, env: { ...QUIET, ...env } });
  cli.write(Array.isArray(input) ? input.map(lineOf).join('') : (input as string | Buffer));
  const exit = await cli.end();
  onlyJsonRpc(cli.stdout);
  return { cli, exit, replies: cli.lines.map((line) => JSON.parse(line)) };
}

const lineOf = (line: string | object): string =>
  `${typeof line === 'string' ? line : JSON.stringify(line)}\n`;

/** A session in which lines are tried one after the other. */
export class LineSession {
  private constructor(readonly cli: Cli) {}
  private probes = 0;

  static async start(
    protocolVersion?: string,
    env: Record<string, string> = QUIET,
  ): Promise<LineSession> {
    const cli = startCli({ env });
    if (protocolVersion !== undefined) await cli.initialize(protocolVersion);
    return new LineSession(cli);
  }

  /**
   * What is said to some bytes: all that comes before the answer to a `ping` sent after them, which
   * also shows that the session lives on.
   */
  async say(bytes: string | Buffer): Promise<unknown[]> {
    const before = this.cli.lines.length;
    this.cli.write(bytes);
    const id = `probe-${++this.probes}`;
    await this.cli.request('ping', undefined, id);
    const lines = this.cli.lines.slice(before).map((line) => JSON.parse(line) as unknown);
    const last = lines.pop();
    if ((last as { id?: unknown }).id !== id) throw new Error(`after the probe: ${String(last)}`);
    return lines;
  }
}

export const call = (id: unknown, name: string, args: unknown, rest: object = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args, ...rest },
});
export const ping = (id: unknown) => ({ jsonrpc: '2.0', id, method: 'ping' });
export const cancel = (requestId: unknown) => ({
  jsonrpc: '2.0',
  method: 'notifications/cancelled',
  params: { requestId },
});
export const initialize = (protocolVersion: string, id: unknown = 'init') => ({
  jsonrpc: '2.0',
  id,
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'c', version: '1' } },
});
export const result = (id: unknown, value: unknown = {}) => ({ jsonrpc: '2.0', id, result: value });
export const error = (code: number, message: unknown, id?: unknown) => ({
  jsonrpc: '2.0',
  ...(id === undefined ? {} : { id }),
  error: { code, message },
});
/** The result of a good call, told by its bare answer. */
export const answer = (id: unknown, text: string) =>
  result(
    id,
    expect.objectContaining({ content: expect.arrayContaining([{ type: 'text', text }]) }),
  );
