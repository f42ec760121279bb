import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onlyJsonRpc, startCli, stopAll, type CliOptions } from './cli';

const stock = (options: CliOptions = {}) =>
  startCli({ command: [process.execPath, join(__dirname, 'stock-server.mjs')], ...options });
const script = (code: string, options: CliOptions = {}) =>
  startCli({ command: [process.execPath, '-e', code], ...options });

afterEach(stopAll);

test('a session with the stock server', async () => {
  const cli = stock();
  expect((await cli.initialize()).result.serverInfo.name).toBe('stock');
  const answers = await Promise.all([1, 2, 3].map((a) => cli.call('add', { a, b: 1 })));
  expect(answers.map(({ result }) => result.structuredContent.result)).toEqual([2, 3, 4]);
  expect((await cli.request('nothing/known')).error?.code).toBe(-32601);
  expect((await cli.nextMessage()).id).toBe(1);
  expect((await cli.nextMessage()).id).toBe(2);
  expect(await cli.end()).toMatchObject({ code: 0, signal: null });
  expect((await cli.exit).afterLastByteMs).toBeLessThan(5_000);
  expect(cli.lines).toHaveLength(5);
  onlyJsonRpc(cli.stdout);
});

test('answers with one id go to the oldest request first', async () => {
  const answer = (result: string): string => JSON.stringify({ jsonrpc: '2.0', id: 'x', result });
  const cli = script(`console.log('${answer('a')}\\n${answer('b')}')`);
  const answers = await Promise.all([cli.answerTo('x'), cli.answerTo('x')]);
  expect(answers.map(({ result }) => result)).toEqual(['a', 'b']);
});

test('the environment is clean', async () => {
  process.env.OTEL_SERVICE_NAME = 'inherited';
  const cli = script('console.error(JSON.stringify(process.env))', {
    env: { PHOENIX_API_KEY: 'k' },
  });
  await cli.exit;
  const env = JSON.parse(cli.stderr);
  expect([env.OTEL_SERVICE_NAME, env.NODE_ENV, env.PHOENIX_API_KEY]).toEqual([
    undefined,
    undefined,
    'k',
  ]);
  expect(env.PATH).toBe(process.env.PATH);
  delete process.env.OTEL_SERVICE_NAME;
});

test('a missing answer fails with what was written instead', async () => {
  const cli = script("console.error('what I did'); setInterval(() => {}, 1000)", {
    timeoutMs: 300,
  });
  await expect(cli.request('ping')).rejects.toThrow(/no answer to ping[^]*what I did/);
  await expect(cli.nextMessage()).rejects.toThrow(/message 1[^]*what I did/);
  await expect(cli.end()).rejects.toThrow(/no end[^]*what I did/);
});

test('a child that dies fails its requests at once', async () => {
  const cli = script("process.stdin.once('data', () => process.exit(3))");
  await expect(cli.request('ping')).rejects.toThrow('the child has ended');
  await expect(cli.nextMessage()).rejects.toThrow('the child has ended');
  expect(await cli.exit).toMatchObject({ code: 3, afterLastByteMs: undefined });
});

test('a command that is not there', async () => {
  await expect(startCli({ command: ['/no/such/command'] }).exit).rejects.toThrow('ENOENT');
});

test('a signal, and the time since the last byte', async () => {
  const cli = script("console.log('{}'); setInterval(() => {}, 1000)");
  await cli.waitFor(() => cli.lines.length);
  await new Promise((resolve) => setTimeout(resolve, 200));
  cli.kill();
  const exit = await cli.exit;
  expect(exit).toMatchObject({ code: null, signal: 'SIGTERM' });
  expect(exit.afterLastByteMs).toBeGreaterThan(190);
});

test('an unread stdout holds the child back until it is read', async () => {
  const big = 1_000_000;
  const cli = script(
    `process.stdout.write('x'.repeat(${big}) + '\\n', () => process.stderr.write('written'))`,
    { readStdout: false },
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect([cli.stderr, cli.stdout]).toEqual(['', '']);
  cli.readStdout();
  await cli.exit;
  expect([cli.stderr, cli.stdout.length]).toEqual(['written', big + 1]);
});

test('stopAll ends a shell with what it started', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-cli-'));
  const file = join(folder, 'alive');
  const loop = `(while :; do echo >> ${file}; sleep 0.02; done) & echo started; wait`;
  const cli = startCli({ command: ['sh', '-c', loop] });
  await cli.waitFor(() => existsSync(file));
  await stopAll();
  const size = statSync(file).size;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(statSync(file).size).toBe(size);
  rmSync(folder, { recursive: true });
});

test.each([
  ['no JSON', 'hello\n'],
  ['no JSON-RPC', '{"a":1}\n'],
  ['no JSON-RPC', '[]\n'],
  ['no JSON', '\n'],
  ['no JSON-RPC', '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"m"}}\n'],
  ['cut off', '{"jsonrpc":"2.0","id":1,"result":{}}'],
])('onlyJsonRpc finds %s', (problem, stdout) => {
  expect(() => onlyJsonRpc(stdout)).toThrow(problem);
});

test('onlyJsonRpc takes answers, notifications and batches', () => {
  onlyJsonRpc('');
  onlyJsonRpc('{"jsonrpc":"2.0","id":1,"result":{}}\n{"jsonrpc":"2.0","method":"a"}\n');
  onlyJsonRpc('[{"jsonrpc":"2.0","id":"a","result":{}}]\n');
  onlyJsonRpc('{"jsonrpc":"2.0","error":{"code":-32700,"message":"m"}}\n');
});
