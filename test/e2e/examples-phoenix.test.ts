import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, stopAll } from '../support/child';
import { ROOT } from '../support/root';
import { closedPort } from './support/free-port';

// What needs no Phoenix; the rest is test/phoenix/examples.test.ts.
const SCRIPT = join(ROOT, 'examples', 'phoenix', 'run.mjs');

const nowhere = mkdtempSync(join(tmpdir(), 'path-'));
afterAll(() => rmSync(nowhere, { recursive: true }));
afterEach(stopAll);

/** Runs the example where no program is found; resolves with its exit code and its output. */
async function run(env: Record<string, string>, ...args: string[]) {
  const child = new Child([process.execPath, SCRIPT, ...args], { env: { ...env, PATH: nowhere } });
  const { code } = await child.exit;
  return { code, stdout: child.stdout, stderr: child.stderr };
}

const port = (server: Server): string => String((server.address() as AddressInfo).port);
const listening = (server: Server): Promise<Server> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));

test.each([
  ['a web server', () => createHttpServer((_, response) => response.end('<html>')), '200'],
  ['one that speaks no HTTP', () => createServer((socket) => socket.end('220 mail\r\n')), 'HTTP'],
])('leaves %s at the port alone, and says so', async (_, create, what) => {
  const server = await listening(create());
  const taken = port(server);
  const result = await run({ PHOENIX_PORT: taken });
  server.close();
  expect(result).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^.+\n$/) });
  expect(result.stderr).toContain(`http://localhost:${taken} is no Phoenix: `);
  expect(result.stderr).toContain(what);
});

test('says what to install where nothing can start Phoenix', async () => {
  const result = await run({ PHOENIX_PORT: String(await closedPort()) }, '--once');
  expect(result).toMatchObject({ code: 1, stdout: '' });
  expect(result.stderr).toContain('nothing here to start one with');
  expect(result.stderr).toContain('\n  pip install arize-phoenix');
  expect(result.stderr).toContain('\n  pip install uv');
  expect(result.stderr).toContain('or start Docker');
});

test.each([
  [{ PHOENIX_ENDPOINT: 'here' }, 'PHOENIX_ENDPOINT is no URL; it should be like http://'],
  [{ PHOENIX_PORT: 'tcp://10.0.0.1:6006' }, "PHOENIX_PORT: 'tcp://10.0.0.1:6006' is no port;"],
])('says which variable is wrong: %j', async (env, line) => {
  const result = await run(env);
  expect(result).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^.+\n$/) });
  expect(result.stderr).toContain(line);
});

test('starts none for an address that is not its to serve', async () => {
  const space = `http://127.0.0.1:${await closedPort()}/s/space`;
  const result = await run({ PHOENIX_COLLECTOR_ENDPOINT: `${space}/v1/traces` });
  expect(result).toMatchObject({ code: 1, stdout: '' });
  expect(result.stderr).toMatch(/^Nothing answers at .+\n$/);
  expect(result.stderr).toContain(` ${space}, `);
});

test('takes no other argument', async () => {
  expect(await run({}, '--twice')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'Usage: node run.mjs [--once]\n',
  });
});
