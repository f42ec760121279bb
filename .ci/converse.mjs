import { spawn } from 'node:child_process';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';

const CALLS = [
  ['add', 0.1, 0.2, '0.3'],
  ['subtract', '9007199254740993', 1, '9007199254740992'],
  ['multiply', 6, 7, '42'],
  ['divide', 1, 8, '0.125'],
];
const LIMIT_MS = 60_000;

/**
 * Pipes a session into a server and asks for the right answers, for nothing but JSON-RPC on stdout,
 * for exit code 0, and for spans, metrics and logs at a collector.
 */
export async function converse(command, args, { cwd, env = {} } = {}) {
  const signals = new Set();
  const collector = createServer((request, response) => {
    signals.add(request.url);
    request.resume().on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  try {
    const endpoint = `http://127.0.0.1:${collector.address().port}`;
    check(
      await run(command, args, { cwd, env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } }),
    );
    assert.deepEqual([...signals].sort(), ['/v1/logs', '/v1/metrics', '/v1/traces']);
  } finally {
    collector.closeAllConnections();
    collector.close();
  }
}

async function run(command, args, { cwd, env }) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|PHOENIX_|TS_CALCULATOR_|SERVICE_VERSION$|NODE_OPTIONS$)/.test(name),
  );
  const child = spawn(command, args, { cwd, env: { ...Object.fromEntries(inherited), ...env } });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  }
  const clientInfo = { name: 'ci', version: '1' };
  const messages = [
    ['initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo }],
    ['tools/list'],
    ...CALLS.map(([name, a, b]) => ['tools/call', { name, arguments: { a, b } }]),
  ].map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params }));
  child.stdin.on('error', () => {}); // Its exit code tells more than EPIPE.
  child.stdin.end(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  return { ...output, end: code ?? signal };
}

function check({ stdout, stderr, end }) {
  try {
    assert.equal(end, 0, 'exit code');
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(answers.length, 2 + CALLS.length, 'number of lines on stdout');
    const result = Object.fromEntries(answers.map((answer) => [answer.id, answer.result]));
    assert.equal(result[0].serverInfo.name, 'ts-calculator');
    const tools = result[1].tools.map(({ name }) => name);
    CALLS.forEach(([name, , , expected], index) => {
      assert(tools.includes(name), `${name} is not listed`);
      assert.equal(result[2 + index].structuredContent.result, expected);
    });
  } catch (error) {
    const output = `--- stdout\n${stdout}\n--- stderr\n${stderr}`;
    throw new Error(`${error.message}\n${output}`, { cause: error });
  }
}
