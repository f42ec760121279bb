import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCli, stopAll } from '../support/cli';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ts-calculator-files-'))));
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** What the product calls itself in its log line, which says which settings it took. */
async function loggerOf(args: string[], env: Record<string, string> = {}): Promise<string> {
  const cli = startCli({ args, cwd: folder, env: { OTEL_SDK_DISABLED: 'true', ...env } });
  await cli.request('ping');
  await cli.end();
  return / - (\S+) - INFO - /.exec(cli.stderr)?.[1] ?? `(no line) ${cli.stderr}`;
}

describe('--env-file', () => {
  test.each<[string, string[], Record<string, string>, string]>([
    ['gives what nobody else does', [], {}, 'of-the-file'],
    ['lies beneath the environment', [], { OTEL_SERVICE_NAME: 'of-the-env' }, 'of-the-env'],
    ['an empty variable is as none', [], { OTEL_SERVICE_NAME: '' }, 'of-the-file'],
    [
      'a flag is above both',
      ['--service-name', 'of-the-flag'],
      { OTEL_SERVICE_NAME: 'x' },
      'of-the-flag',
    ],
  ])('%s', async (_, args, env, expected) => {
    const file = write('settings.env', '# ours\nexport OTEL_SERVICE_NAME="of-the-file" # so\n');
    expect(await loggerOf(['--env-file', file, ...args], env)).toBe(expected);
  });

  test('is read from the working directory where that is asked', async () => {
    write('settings.env', 'OTEL_SERVICE_NAME=of-the-file');
    expect(await loggerOf(['--env-file', 'settings.env'])).toBe('of-the-file');
  });

  test('a file that is not there is told in one line', async () => {
    const cli = startCli({ args: ['--env-file', '/no/such/file'] });
    // 9: Node has a flag of this name, and finds the file missing before the program begins.
    expect([1, 9]).toContain((await cli.exit).code);
    expect([cli.stdout, cli.stderr]).toEqual(['', expect.stringMatching(/^.*no.such.file.*\n$/)]);
  });

  test('a faulty value in it: exit 1, one line', async () => {
    const file = write('settings.env', 'TS_CALCULATOR_LOG_LEVEL=loud\n');
    const cli = startCli({ args: ['--env-file', file] });
    expect(await cli.exit).toMatchObject({ code: 1 });
    expect(cli.stderr).toMatch(/^[^\n]*TS_CALCULATOR_LOG_LEVEL[^\n]*'loud'[^\n]*\n$/);
  });
});

test('nothing is read from the working directory unasked', async () => {
  const settings = 'OTEL_SERVICE_NAME=stray\nTS_CALCULATOR_LOG_LEVEL=loud\n';
  for (const name of ['.env', '.env.local', '.env.production', '.envrc', 'ts-calculator.env']) {
    write(name, settings);
  }
  const config = JSON.stringify({ serviceName: 'stray', logLevel: 'loud' });
  write('.ts-calculatorrc', config);
  write('ts-calculator.config.json', config);
  write('otel.yaml', 'file_format: "0.3"\ndisabled: true\n');
  write('package.json', JSON.stringify({ name: 'stray', version: '9.9.9', type: 'commonjs' }));
  mkdirSync(join(folder, 'node_modules', 'winston'), { recursive: true });
  write('node_modules/winston/index.js', "throw new Error('stray')");
  expect(await loggerOf([])).toBe('ts-calculator');
});
