import { messagesOf } from '../../../support/http-client';
import { startHttpServer } from '../../../support/http-server';
import { HttpSession } from '../../../support/http-session';
import { Served, type ServedOptions } from './served';
import { linesOf, TOOLS } from './stdio';
import { ask, type Step } from './steps';

/** A session over HTTP. */
export interface OpenSession {
  ask(...steps: Step[]): Promise<void>;
  end(): Promise<void>;
}

/** Ours over HTTP, with as many sessions as are begun. */
export async function startHttp(options: ServedOptions) {
  const { service, env, slow = 0 } = options;
  const args = ['--service-name', service, '--fault', `slow=${slow}`];
  const server = await startHttpServer({ args, env });
  const served = new Served(options, TOOLS, linesOf(server.cli));
  const { caller } = served;

  const begin = async (): Promise<OpenSession> => {
    let http!: HttpSession;
    const session = await served.session(() =>
      caller.ask(ask('initialize'), async () => {
        http = await HttpSession.begin(server.url);
        return messagesOf(http.initialized)[0]!;
      }),
    );
    return {
      ask: async (...steps) => {
        for (const step of steps) await caller.ask(step, (...message) => http.request(...message));
      },
      end: () => session.end(() => http.end()),
    };
  };
  return {
    begin,
    /** A request that is refused before a message is read of it. */
    askInNoSession: async () => {
      const never = { 'Mcp-Session-Id': '0'.repeat(32) };
      await fetch(server.url, { method: 'POST', headers: { ...never, ...JSON_TYPES }, body: '{}' });
    },
    end: () => served.end(() => server.end()),
  };
}
const JSON_TYPES = { 'Content-Type': 'application/json', Accept: 'application/json' };
