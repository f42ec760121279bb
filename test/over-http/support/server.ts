import { startCli, stopAll, type Cli, type Exit } from '../../support/cli';

export { stopAll };

/** The built product, serving over HTTP. */
export interface HttpServer {
  /** Of MCP's endpoint. */
  address: string;
  /** Of another path: `/metrics`. */
  url(path: string): string;
  cli: Cli;
  /** Tells it to end, and waits for that. */
  end(): Promise<Exit>;
}

/** Starts it on a free port; `stopAll` ends what a test left. */
export async function serve(
  env: Record<string, string>,
  flags: string[] = [],
): Promise<HttpServer> {
  const args = ['serve', '--transport', 'http', '--port', '0', ...flags];
  const cli = startCli({ args, env, timeoutMs: 30_000 });
  const [, address] = await cli.waitFor(
    () => /listening on (http:\S+)/.exec(cli.stderr),
    'the address on stderr',
  );
  return {
    address: address!,
    url: (path) => String(new URL(path, address)),
    cli,
    end: () => {
      cli.kill('SIGTERM');
      return cli.exit;
    },
  };
}
