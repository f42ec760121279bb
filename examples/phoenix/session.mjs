import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

/** Good calls, and three that fail: each in its own way. */
const CALLS = [
  ['add', { a: 0.1, b: 0.2 }],
  ['add', { a: '9007199254740993', b: 1 }],
  ['divide', { a: 1, b: 3 }],
  ['divide', { a: 1, b: 0 }],
  ['multiply', { a: 6 }],
  ['power', { a: 2, b: 10 }],
];

const CLIENT = { name: 'phoenix-example', version: '1' };

/** What is asked, in people's words and in JSON-RPC, and which words of the answer to show. */
const question = (asked, method, params, tell) => ({ asked, method, params, tell });

const questions = (calls) => [
  question(
    'initialize',
    'initialize',
    { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: CLIENT },
    ({ serverInfo }) => `${serverInfo.name} ${serverInfo.version}`,
  ),
  question('tools/list', 'tools/list', {}, ({ tools }) => tools.map(({ name }) => name).join(', ')),
  ...calls.map(([name, args]) =>
    question(
      [name, ...Object.values(args)].join(' '),
      'tools/call',
      { name, arguments: args },
      ({ isError, content }) => (isError ? 'failed: ' : '') + content[0].text,
    ),
  ),
];

/**
 * Runs a session of the calculator, whose spans go to a project in a Phoenix and nowhere else.
 *
 * Resolves with what was `asked` and `answered` in each of its `exchanges`, the number of `messages`
 * that the server was sent (each is a span), when it `began`, its `client`'s name, and the server's
 * `stderr`.
 * @param calls pairs of a tool's name and its arguments
 * @throws where the server cannot be started or does not answer
 */
export async function converse({ base, project, calls = CALLS }) {
  const began = new Date();
  const asked = questions(calls);
  const requests = asked.map(({ method, params }, id) => ({ id, method, params }));
  const [handshake, ...rest] = requests;
  const messages = [handshake, { method: 'notifications/initialized' }, ...rest];
  const options = ['--phoenix-endpoint', base, '--phoenix-project', project];
  const elsewhere = ['--traces', 'otlp', '--metrics', 'none', '--logs', 'none'];
  const { stdout, stderr, end } = await run([...server(), ...options, ...elsewhere], messages);

  const answers = new Map(stdout.map((line) => JSON.parse(line)).map((one) => [one.id, one]));
  if (end !== 0 || answers.size < requests.length) {
    const got = `${answers.size} of ${requests.length} answers`;
    throw new Error(`The calculator ended with ${end} and gave ${got}:\n${stderr}`);
  }
  const exchanges = asked.map((one, id) => ({
    asked: one.asked,
    answered: words(one, answers.get(id)),
  }));
  return { exchanges, messages: messages.length, began, client: CLIENT.name, stderr };
}

const words = ({ tell }, { result, error }) => (error ? `refused: ${error.message}` : tell(result));

/** The build of this checkout or package, else npx. */
function server() {
  const [program, built] = ['bin/ts-calculator.js', 'dist/cli.cjs'].map((file) =>
    fileURLToPath(new URL(`../../${file}`, import.meta.url)),
  );
  if (existsSync(built)) return [process.execPath, program];
  const npx = ['npx', '-y', 'ts-calculator'];
  return process.platform === 'win32' ? ['cmd', '/c', ...npx] : npx;
}

/** Writes all messages, a line each, and reads until the server has answered them and ends. */
async function run([file, ...args], messages) {
  const child = spawn(file, args);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  }
  child.stdin.on('error', () => {}); // How it ended tells more than EPIPE.
  const lines = messages.map((message) => JSON.stringify({ jsonrpc: '2.0', ...message }));
  child.stdin.end(`${lines.join('\n')}\n`);
  const [code, signal] = await once(child, 'close');
  const stdout = output.stdout.split('\n').filter(Boolean);
  return { stdout, stderr: output.stderr, end: code ?? signal };
}
