import { startCli, type Cli, type CliOptions, type Exit } from './cli';

/** The built product, serving over HTTP. */
export interface HttpServer {
  readonly cli: Cli;
  /** MCP's endpoint. */
  readonly url: string;
  readonly port: number;
  /** Another path of the same server. */
  at(path: string): string;
  /** Tells it to end, and waits for that. */
  end(): Promise<Exit>;
}

const LISTENING = /(?: - |: )listening on (http:\S+)$/m;

/** Starts the product at a free port, and waits until it listens. */
export function startHttpServer({ args = [], ...options }: CliOptions = {}): Promise<HttpServer> {
  const door = ['serve', '--transport', 'http', '--port', '0'];
  return untilListening(startCli({ ...options, args: [...door, ...args] }));
}

/** The product that was started so that it serves over HTTP. */
export async function untilListening(cli: Cli): Promise<HttpServer> {
  const [, url = ''] = await cli.waitFor(() => LISTENING.exec(cli.stderr), 'an address on stderr');
  return {
    cli,
    url,
    port: Number(new URL(url).port),
    at: (path) => new URL(path, url).href,
    end: () => {
      cli.kill('SIGTERM');
      return cli.exit;
    },
  };
}
