import { startCli, stopAll, type Cli } from '../support/cli';
import { messagesOf } from '../support/http-client';
import { startHttpServer } from '../support/http-server';
import { HttpSession } from '../support/http-session';
import { call, ping, QUIET } from './support/lines';

// The same message, asked over HTTP and on stdio: the same answer.

const ENV = { ...QUIET, TS_CALCULATOR_LOG_LEVEL: 'info' };
const task = { task: { ttl: 1 } };
const related = { _meta: { 'io.modelcontextprotocol/related-task': { taskId: 't' } } };
const REVISION = '2025-11-25';

const MESSAGES: Record<string, object | string> = {
  ping: ping(1),
  'a call': call(1, 'add', { a: 0.1, b: '0.2' }),
  'a call whose result is long': call(1, 'divide', { a: 1, b: 99_991 }),
  'a call that fails': call(1, 'divide', { a: 1, b: 0 }),
  'a call with wrong arguments': call(1, 'add', { a: 'five', c: 3 }),
  'a call as a task': call('x', 'add', { a: 1, b: 2 }, task),
  'a call of a task': call(2, 'multiply', { a: '1e20', b: 3 }, related),
  'a failing call as a task': call(3, 'divide', { a: 1, b: 0 }, task),
  'an unknown tool': call(1, 'ad', {}),
  'an unknown tool as a task': call(1, 'ad', {}, task),
  'the list of tools': { ...ping(1), method: 'tools/list' },
  'a page that there is not': { ...ping(1), method: 'tools/list', params: { cursor: '2' } },
  'prompts/list': { ...ping(1), method: 'prompts/list' },
  'resources/read': { ...ping(1), method: 'resources/read', params: { uri: 'x:y' } },
  'logging/setLevel': { ...ping(1), method: 'logging/setLevel', params: { level: 'info' } },
  'tasks/get': { ...ping(1), method: 'tasks/get', params: { taskId: 't' } },
  'server/discover': { ...ping(1), method: 'server/discover' },
  'an unknown method': { ...ping(1), method: 'no/such' },
  'a name without params': { ...ping(1), method: 'tools/call' },
  '_meta of another form': { ...ping(1), params: { _meta: 1 } },
  'a progress token': call(1, 'add', { a: 1, b: 2 }, { _meta: { progressToken: 'p' } }),
  'no JSON': '{"jsonrpc":',
  'no message': '[1]',
  'a number': '1',
  'an id and nothing more': '{"id":7}',
  'a request without a version': '{"id":8,"method":"ping"}',
  'an id that is null': '{"jsonrpc":"2.0","id":null,"method":"ping"}',
};

describe.each<[string, string[]]>([
  ['as ever', []],
  ['with calls that are slow', ['--fault', 'slow=5']],
  ['with calls that fail', ['--fault', 'error=1']],
])('%s', (_, args) => {
  let cli: Cli;
  let session: HttpSession;
  beforeAll(async () => {
    cli = startCli({ args, env: ENV });
    await cli.initialize(REVISION);
    const { url } = await startHttpServer({ args, env: ENV });
    session = await HttpSession.begin(url, { protocolVersion: REVISION });
  });
  afterAll(stopAll);

  test('initialize', () => {
    const [answer] = messagesOf(session.initialized);
    expect(answer!.result).toEqual(cli.messages[0]!.result);
  });

  test.each(Object.entries(MESSAGES))('%s', async (_, message) => {
    const before = cli.messages.length;
    cli.send(message);
    const answer = await cli.waitFor(() => cli.messages[before]);
    for (const Accept of ['application/json', 'text/event-stream']) {
      const reply = await session.post(message, { Accept });
      expect(messagesOf(reply)).toEqual([answer]);
      // What is refused as no message has a status that says so.
      const isMessage = typeof message !== 'string';
      expect(reply.status).toBe(isMessage ? 200 : 400);
    }
  });
});
