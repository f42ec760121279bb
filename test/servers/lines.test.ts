import { join } from 'node:path';
import { startCli, stopAll } from '../support/cli';
import { startReceiver, type Receiver } from '../support/receiver';
import { alike } from './support/alike';
import { go, npm, program, python, pythonProgram } from './support/installed';

// What no client would send: lines as a person types them, and what the servers make of them.

type Command = [string, ...string[]];
/** A line, and the id of the answer that is waited for before the next. */
type Line = [line: string, id?: string | number];

const INITIALIZE =
  '{"jsonrpc": "2.0", "id": 9007199254740991, "method": "initialize", "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "caf\\u00e9", "version": "1.0e0"}}}';
const ENVELOPE =
  '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"by hand","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}';

const SESSION: Line[] = [
  [INITIALIZE, 9007199254740991],
  ['{"jsonrpc":"2.0","method":"notifications/initialized"}'],
  ['{"method":"ping","id":"caf\\u00e9 \u2028","jsonrpc":"2.0"}\r', 'café \u2028'],
  ['{"jsonrpc":"2.0","id":-1,"method":"tools/list","params":{}}', -1],
  ['{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"nope"}}', 'x'],
  ['{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":7}}', 'x'],
  ['{"jsonrpc":"2.0","id":5,"method":"no/method","params":{"b":1.50,"a":1e2,"b":2}}', 5],
  ['{"jsonrpc":"2.0","method":"notifications/unknown"}'],
  ['{"jsonrpc":"2.0","id":77,"result":{}}'],
  ['{"jsonrpc":"2.0","id":6,"method":"ping"}', 6],
];

const REQUESTS: Line[] = [
  [`{"jsonrpc":"2.0","id":"first","method":"tools/list","params":{${ENVELOPE}}}`, 'first'],
  [`{"id":2,"params":{"name":"nope",${ENVELOPE}},"method":"tools/call","jsonrpc":"2.0"}\r`, 2],
  [`{"jsonrpc":"2.0","id":3,"method":"ping","params":{${ENVELOPE}}}`, 3],
  ['{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"nope"}}', 4],
  [INITIALIZE, 9007199254740991],
];

/** Only the Go SDK answers it: with a batch. */
const BATCH: Line[] = [
  ['[{"jsonrpc":"2.0","id":50,"method":"ping"},{"jsonrpc":"2.0","id":51,"method":"ping"}]', 51],
];

/** A server of the Go SDK ends at it, that of Python 1 complains, the others say nothing. */
const NO_JSON: Line[] = [['Starting the client...']];

const FILES = join(__dirname, 'files');
const TABLE: [string, () => Command, Line[]][] = [
  ['mcp-server-time 1', () => [python('mcp-server-time', 'python-v1')], [...SESSION, ...NO_JSON]],
  ['mcp-server-time 2', () => [python('mcp-server-time')], [...SESSION, ...NO_JSON]],
  ['mcp-server-time 2, 2026-07-28', () => [python('mcp-server-time')], REQUESTS],
  ['Python SDK 2', () => pythonProgram('server.py'), [...SESSION, ...NO_JSON]],
  ['Go SDK', () => [go()], [...SESSION, ...BATCH, ...NO_JSON]],
  ['Go SDK, 2026-07-28', () => [go()], REQUESTS],
  ['server-everything', () => [npm('mcp-server-everything')], [...NO_JSON, ...SESSION]],
  ['server-filesystem', () => [npm('mcp-server-filesystem'), FILES], [...NO_JSON, ...SESSION]],
  ['TypeScript SDK 2', () => [process.execPath, program('server.mjs')], SESSION],
  ['TypeScript SDK 2, 2026-07-28', () => [process.execPath, program('server.mjs')], REQUESTS],
];

let receiver: Receiver;
beforeAll(async () => void (receiver = await startReceiver()));
afterEach(stopAll);
afterAll(() => receiver.close());

test.each(TABLE)('%s answers the same, byte for byte', async (_, command, lines) => {
  const direct = await told(command(), lines);
  const [file, ...args] = command();
  const observed = await told(undefined, lines, ['observe', '--', file, ...args]);
  expect(observed).toEqual(direct);
  expect(direct.stdout.split('\n').length).toBeGreaterThanOrEqual(5);
});

/** What a server wrote on stdout, and how it ended. */
async function told(command: Command | undefined, lines: Line[], args: string[] = []) {
  const env = receiver.env;
  const cli = startCli({ ...(command && { command }), args, env, timeoutMs: 30_000 });
  for (const [line, id] of lines) {
    const answer = id === undefined ? undefined : cli.answerTo(id);
    cli.write(`${line}\n`);
    await answer;
  }
  const { code, signal } = await cli.end();
  return { stdout: alike(cli.stdout), code, signal };
}
