import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCli, stopAll } from '../support/cli';
import { ROOT } from '../support/root';
import { command } from './support/command';
import { ping, QUIET, result } from './support/lines';

afterEach(stopAll);

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};

describe('help and version', () => {
  test.each([['--version'], ['-V']])('%s', async (flag) => {
    expect(await command([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each([
    [['--help'], ['serve', 'call', 'tools', 'config']],
    [['-h'], ['serve', 'call', 'tools']],
    [['help'], ['serve', 'call', 'tools']],
    [
      ['help', 'serve'],
      ['--log-level', 'OTEL_SERVICE_NAME', '--env-file'],
    ],
    [
      ['serve', '--help'],
      ['--log-level', 'TS_CALCULATOR_LOG_LEVEL', 'default: info'],
    ],
    [
      ['call', '--help'],
      ['call add 0.1 0.2', '--json', '--log-level'],
    ],
    [['tools', '--help'], ['--json']],
    [
      ['config', '--help'],
      ['--json', '--client', 'claude-desktop, claude-code, cursor, vscode', '--with-secrets'],
    ],
  ])('%j', async (args, words) => {
    const { code, stdout, stderr } = await command(args);
    expect([code, stderr]).toEqual([0, '']);
    for (const word of words) expect(stdout.replace(/\s+/g, ' ')).toContain(word);
  });
});

describe('what is wrong: exit 1, nothing on stdout, one line that says how', () => {
  test.each<[string[], RegExp]>([
    [['--log-lvel', 'info'], /unknown option '--log-lvel' \(Did you mean --log-level\?\)/],
    [
      ['--vocabluary=semconv'],
      /unknown option '--vocabluary=semconv' \(Did you mean --vocabulary\?\)/,
    ],
    [['--frobnicate=1'], /unknown option '--frobnicate=1'$/m],
    [['-x'], /unknown option '-x'/],
    [['serv'], /unknown command 'serv' \(did you mean serve\?\)/],
    [['tols'], /unknown command 'tols' \(did you mean tools\?\)/],
    [['cal', 'add', '1', '2'], /unknown command 'cal' \(did you mean call\?\)/],
    [['frobnicate'], /unknown command 'frobnicate' \(one of: serve, call, tools/],
    [
      ['--log-level', 'info', 'call', 'add', '1', '2'],
      /options come after the command: ts-calculator call/,
    ],
    [['serve', 'x'], /unknown command 'x'/],
    [['tools', '--jsn'], /unknown option '--jsn' \(Did you mean --json\?\)/],
    [['tools', 'add'], /too many arguments/],
    [['call'], /missing required argument 'tool'/],
    [['call', 'add', '--jsn', '1', '2'], /unknown option '--jsn' \(Did you mean --json\?\)/],
    [['--log-level'], /option '--log-level .*argument missing/],
    [['--log-level', 'inof'], /--log-level: 'inof' is not one of .* Did you mean 'info'\?/],
    [['--vocabulary', 'semcon'], /--vocabulary: 'semcon' .*'semconv'/],
    [['--traces', 'oltp'], /--traces: 'oltp' .*'otlp'/],
    [['--capture-content', 'maybe'], /--capture-content: 'maybe'/],
    [['--fault', 'slow'], /--fault: 'slow' is not slow=MS,error=SHARE/],
    [['--fault', 'error=2'], /--fault: 'error=2'/],
    [['--otlp-endpoint', 'nowhere'], /--otlp-endpoint: 'nowhere'/],
    [['call', 'add', '1', '2', '--log-level', 'loud'], /--log-level: 'loud'/],
  ])('%j', async (args, line) => {
    const { code, stdout, stderr } = await command(args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });

  test.each([
    ['TS_CALCULATOR_LOG_LEVEL', 'inof'],
    ['TS_CALCULATOR_FAULT', 'slow=-1'],
    ['TS_CALCULATOR_VOCABULARY', 'all'],
  ])('%s=%s', async (name, value) => {
    const { code, stdout, stderr } = await command([], { env: { [name]: value } });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^[^\\n]*${name}: '${value}'[^\\n]*\\n$`));
  });
});

describe('serve', () => {
  test.each([[[]], [['serve']], [['--log-level', 'error']], [['serve', '--traces', 'none']]])(
    '%j serves',
    async (args) => {
      const cli = startCli({ args, env: QUIET });
      cli.send(ping(1));
      expect(await cli.nextMessage()).toEqual(result(1));
      expect(await cli.end()).toMatchObject({ code: 0 });
    },
  );

  const terminal = () => {
    // `exec`: a shell that waits in front of the product ends by the Ctrl-C too, and tells its own 130.
    const product = `exec "${process.execPath}" bin/ts-calculator.js`;
    return startCli({ command: ['script', '-qec', product, '/dev/null'], env: QUIET });
  };

  test('with a terminal on stdin it says what it waits for, and how to end it', async () => {
    const cli = terminal();
    const said = await cli.waitFor(() => /Ctrl-D[^]*call add 0\.1 0\.2/.exec(cli.stdout)?.input);
    expect(said).toContain('MCP server');
    cli.send(ping('typed'));
    await cli.waitFor(() => cli.messages.find((message) => message.result));
    // Ctrl-D, as a terminal sends it.
    cli.write('\x04');
    expect(await cli.exit).toMatchObject({ code: 0 });
  });

  test('Ctrl-C ends it', async () => {
    const cli = terminal();
    await cli.waitFor(() => cli.stdout.includes('Ctrl-C'));
    cli.write('\x03');
    expect(await cli.exit).toMatchObject({ code: 0 });
  });

  test('without one it says nothing', async () => {
    expect(await command([])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
