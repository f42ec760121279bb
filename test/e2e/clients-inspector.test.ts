import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { cleanEnvironment } from '../support/environment';
import { ROOT } from '../support/root';
import { QUIET } from './support/lines';

// The Inspector's command line, in the newest version that runs on Node 20.

const INSPECTOR = join(ROOT, 'node_modules', '.bin', 'mcp-inspector-cli');
const SERVER = ['--cli', process.execPath, 'bin/ts-calculator.js'];

interface Outcome {
  failed: boolean;
  stdout: string;
  stderr: string;
}

function inspect(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: cleanEnvironment(QUIET), timeout: 30_000 };
    execFile(INSPECTOR, [...SERVER, ...args], options, (error, stdout, stderr) =>
      resolve({ failed: error !== null, stdout, stderr }),
    );
  });
}

const call = (tool: string, ...operands: string[]) =>
  inspect(
    ...['--method', 'tools/call', '--tool-name', tool],
    ...operands.flatMap((operand) => ['--tool-arg', operand]),
  );

test('tools/list', async () => {
  const { failed, stdout } = await inspect('--method', 'tools/list');
  expect(failed).toBe(false);
  const { tools } = JSON.parse(stdout) as { tools: { name: string }[] };
  expect(tools.map(({ name }) => name)).toEqual(['add', 'subtract', 'multiply', 'divide']);
}, 40_000);

test.each([
  ['add', ['a=1', 'b=2'], { structuredContent: { result: '3', exact: true } }],
  ['add', ['a=0.1', 'b=0.2'], { structuredContent: { result: '0.3', exact: true } }],
  ['divide', ['a=1', 'b=0'], { isError: true }],
])(
  'tools/call %s %j',
  async (tool, operands, expected) => {
    const { failed, stdout } = await call(tool, ...operands);
    expect(failed).toBe(false);
    expect(JSON.parse(stdout)).toMatchObject(expected);
  },
  40_000,
);

test('an unknown tool', async () => {
  const { failed, stdout, stderr } = await call('ad', 'a=1', 'b=2');
  expect([failed, `${stdout}${stderr}`]).toEqual([true, expect.stringContaining('ad')]);
}, 40_000);
