import { stopAll } from '../support/cli';
import { command } from './support/command';

afterEach(stopAll);

/** Prints its arguments, each on a line. */
const PRINT = [process.execPath, '-e', 'console.log(process.argv.slice(1).join("\\n"))', '.'];

test.each<[string, string[], string[]]>([
  ['everything after -- is the command', ['--', ...PRINT], []],
  ['with its own --', ['--', ...PRINT, '--', 'x', '--'], ['--', 'x', '--']],
  ['with what looks like ours', ['--', ...PRINT, '--log-level', 'loud'], ['--log-level', 'loud']],
  [
    'with help and version',
    ['--', ...PRINT, '--help', '--version', '-h'],
    ['--help', '--version', '-h'],
  ],
  ['ours come before', ['--log-level', 'error', '--', ...PRINT, 'x'], ['x']],
  ['or with =', ['--log-level=error', '--', ...PRINT, 'x'], ['x']],
  ['without --, the first word starts it', [...PRINT, '--help', 'x'], ['--help', 'x']],
  ['and what follows is its own', [...PRINT, '--log-level', '--', 'x'], ['--log-level', '--', 'x']],
  ['after our flags', ['--log-level', 'error', ...PRINT, '--fault'], ['--fault']],
  ['words stay whole', ['--', ...PRINT, 'a b', '', "it's $HOME *"], ['a b', '', "it's $HOME *"]],
])('%s', async (_, args, printed) => {
  const { code, stdout, stderr } = await command(['observe', ...args]);
  expect(stdout.split('\n').slice(1, -1)).toEqual(printed);
  expect([code, stderr]).toEqual([0, '']);
});

test.each<[string[], RegExp]>([
  [[], /observe what\? .*observe \[options\] -- <command>/],
  [['--'], /observe what\?/],
  [['--', ''], /observe what\?/],
  [['--log-level', 'error'], /observe what\?/],
  [
    ['--log-lvel', 'error', '--', 'cat'],
    /unknown option '--log-lvel' \(Did you mean --log-level\?\)/,
  ],
  [['--fault', 'slow=1', '--', 'cat'], /unknown option '--fault'/],
  [['--log-level', 'loud', '--', 'cat'], /--log-level: 'loud'/],
])('%j is wrong: exit 1, one line that says how', async (args, line) => {
  const { code, stdout, stderr } = await command(['observe', ...args]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(line);
  expect(stderr).toMatch(/^[^\n]+\n$/);
});

test('its help names the settings, but for those of the calculator alone', async () => {
  const { code, stdout } = await command(['observe', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('ts-calculator observe [options] -- <command> [args...]');
  for (const flag of ['--log-level', '--otlp-endpoint', '--env-file'])
    expect(stdout).toContain(flag);
  expect(stdout).not.toContain('--fault');
});
