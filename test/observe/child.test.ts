import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startChild } from '../../src/observe/child';
import { StartError } from '../../src/observe/start-error';

let folder: string;
let env: NodeJS.ProcessEnv;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ts-calculator-child-'));
  env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const put = (name: string, content: string, mode: number): void => {
    writeFileSync(join(folder, name), content);
    chmodSync(join(folder, name), mode);
  };
  put('readable', '#!/bin/sh\nexit 0\n', 0o644);
  put('no-interpreter', '#!/nowhere/python9\n', 0o755);
  mkdirSync(join(folder, 'folder'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const start = (command: string, ...args: string[]) => startChild({ command, args, env });

test.each<[string, number, RegExp]>([
  ['nonexistent', 127, /not found in PATH; desktop clients .*: *give the full path|full path/],
  ['uvx mcp-server --token hidden', 127, /'uvx …'.* not all as one$/],
  ['./nonexistent', 127, /no such file$/],
  ['/nowhere/at\nall', 127, /'\/nowhere\/at …'/],
  ['no-interpreter', 127, /no-interpreter is there, but what its first line \(#!\) names is not$/],
  ['%/no-interpreter', 127, /no-interpreter is there/],
  ['%/readable', 126, /readable may not be run: chmod \+x/],
  ['readable', 126, /readable may not be run: chmod \+x/],
  ['%/folder', 126, /folder is a directory/],
  ['%/readable/below', 126, /ENOTDIR/],
  ['x'.repeat(5_000), 126, /ENAMETOOLONG/],
])('%s cannot be started: %d', async (command, exitCode, message) => {
  const error: unknown = await start(command.replace('%', folder)).catch((error) => error);
  expect(error).toBeInstanceOf(StartError);
  expect((error as StartError).exitCode).toBe(exitCode);
  expect((error as StartError).message).toMatch(message);
  expect((error as StartError).message).toMatch(/^cannot start '[^\n]+$/);
  expect((error as StartError).message).not.toContain('hidden');
});

test.each<[string, number]>([
  ['exit 0', 0],
  ['exit 7', 7],
  ['kill -9 $$', 137],
  ['kill -TERM $$', 143],
])('sh -c %j: %d', async (script, exitCode) => {
  const { exited } = await start('sh', '-c', script);
  expect(await exited).toBe(exitCode);
});

test('it has three pipes, its arguments as they are, and the environment that it is given', async () => {
  const script = 'cat; echo "$1" "$GIVEN" >&2';
  const args = ['-c', script, 'sh', "it's $HOME -- *"];
  const child = await startChild({ command: 'sh', args, env: { PATH: env.PATH, GIVEN: 'yes' } });
  child.stdin.end('in and out');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect([stdout, stderr]).toEqual(['in and out', "it's $HOME -- * yes\n"]);
});

test('its group is all that it started, and is gone when the last is', async () => {
  const { group, exited, stdout } = await start('sh', '-c', 'sleep 60 & echo started');
  await text(stdout.once('data', () => stdout.destroy())).catch(() => undefined);
  expect(await exited).toBe(0);
  expect(group.isAlive()).toBe(true);
  group.signal('SIGKILL');
  while (group.isAlive()) await new Promise((resolve) => setTimeout(resolve, 5));
  // To nobody, and to nobody else.
  group.signal('SIGKILL');
});
