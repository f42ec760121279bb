import { startCli, type Cli } from '../../../support/cli';
import { everything } from '../installed';
import { OBSERVED } from './cast';
import { Served, type ServedOptions } from './served';
import { ask, call, type Step } from './steps';

export const TOOLS = ['add', 'subtract', 'multiply', 'divide'];

/** Each line on stderr is a log record: its own as well as those of a server that it observes. */
export const linesOf = (cli: Cli) => (): number => cli.stderr.split('\n').length - 1;

/** A server on stdio, whose session lasts as long as it does. */
export interface StdioServer {
  ask(...steps: Step[]): Promise<void>;
  end(): Promise<void>;
}

/** Ours. */
export function startStdio(options: ServedOptions) {
  const { service, env, slow } = options;
  const fault = slow === undefined ? [] : ['--fault', `slow=${slow}`];
  const cli = startCli({ args: ['--service-name', service, ...fault], env });
  const served = new Served(options, TOOLS, linesOf(cli));
  return { begin: (version?: string) => begin(served, cli, version) };
}

/** The Go SDK's, under `observe`: it goes by its own name. */
export async function startObserved(options: Omit<ServedOptions, 'service'>) {
  const cli = startCli({ args: ['observe', '--', everything()], env: options.env });
  const tools: string[] = [];
  const served = new Served({ ...options, service: OBSERVED }, tools, linesOf(cli));
  const server = await begin(served, cli);
  const list = await served.caller.ask(ask('tools/list'), (method) => cli.request(method));
  tools.push(...list.result.tools.map(({ name }: { name: string }) => name));
  return {
    ...server,
    /** Its tool `ping` asks the client. */
    askToPing: async () => {
      const answer = server.ask(call('ping', {}));
      const { id } = await cli.waitFor(() => cli.messages.find(({ method }) => method === 'ping'));
      cli.send({ jsonrpc: '2.0', id, result: {} });
      served.spansBeside++;
      await answer;
    },
  };
}

async function begin(served: Served, cli: Cli, version?: string): Promise<StdioServer> {
  const { caller } = served;
  const session = await served.session(() =>
    caller.ask(ask('initialize'), () => cli.initialize(version)),
  );
  served.spansBeside++; // notifications/initialized
  return {
    ask: async (...steps) => {
      for (const step of steps) await caller.ask(step, (...message) => cli.request(...message));
    },
    end: () => session.end(() => served.end(() => cli.end())),
  };
}
