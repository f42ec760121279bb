import { startCli, stopAll } from '../support/cli';
import { pause } from '../support/time';
import { QUIET } from './support/lines';
import { observe, shell } from './support/observe';

afterEach(stopAll);

// How a command ends by itself, or does not start.

test.each<[string, string[], number]>([
  ['true', ['true'], 0],
  ['false', ['false'], 1],
  ['exit 7', shell('exit 7'), 7],
  ['SIGKILL', shell('kill -9 $$'), 137],
  ['SIGTERM', shell('kill -TERM $$'), 143],
  ['SIGSEGV', shell('kill -SEGV $$'), 139],
])('%s: its exit code is ours, and nothing is said', async (_, command, code) => {
  const cli = observe(command);
  // Its stdin is open: the command ends by itself.
  expect(await cli.exit).toMatchObject({ code });
  expect([cli.stdout, cli.stderr]).toEqual(['', '']);
});

test.each<[string, string[], number, RegExp]>([
  ['nothing of that name', ['nonexistent'], 127, /'nonexistent': not found in PATH; .* full path/],
  ['no such file', ['./nonexistent'], 127, /no such file/],
  ['a directory', ['/etc'], 126, /is a directory/],
  ['a file that is no program', ['./package.json'], 126, /may not be run/],
])('%s: one line, nothing on stdout', async (_, command, code, line) => {
  const cli = observe(command);
  expect(await cli.exit).toMatchObject({ code });
  expect(cli.stdout).toBe('');
  expect(cli.stderr).toMatch(line);
  expect(cli.stderr).toMatch(/^ts-calculator: cannot start [^\n]+\n$/);
});

test('what it said before its end is passed on, whole lines or not', async () => {
  const cli = observe(
    shell('echo banner; printf "no newline"; echo warning >&2; printf half >&2; exit 3'),
  );
  expect(await cli.exit).toMatchObject({ code: 3 });
  expect([cli.stdout, cli.stderr]).toEqual(['banner\nno newline', 'warning\nhalf']);
});

test('a reader that is late gets all of it', async () => {
  const cli = observe(shell('head -c 1000000 /dev/zero | tr "\\0" x; exit 3'), {
    readStdout: false,
  });
  await pause(1_500);
  cli.readStdout();
  expect(await cli.exit).toMatchObject({ code: 3 });
  expect(cli.stdout).toHaveLength(1_000_000);
});

test('one that takes nothing for 5 s is given up, and that is said', async () => {
  // As much as the pipes hold: the command itself ends.
  const cli = observe(shell('head -c 350000 /dev/zero | tr "\\0" x; exit 3'), {
    readStdout: false,
    env: { TS_CALCULATOR_LOG_LEVEL: 'warn' },
  });
  const { code, afterSpawnMs } = await cli.exit;
  expect(code).toBe(3);
  expect(afterSpawnMs).toBeGreaterThan(5_000);
  expect(cli.stderr).toMatch(/ - sh - WARN - .* - stdout was not read: .* given up\n/);
}, 20_000);

test('a stdin that it closes is closed to the client, and it goes on', async () => {
  const cli = observe(shell('exec <&-; echo closed; sleep 1; echo done'));
  await cli.waitFor(() => cli.lines.includes('closed'));
  const gone = new Promise((resolve) => cli.stdin.once('close', resolve));
  const timer = setInterval(() => cli.stdin.writable && cli.write('x'), 20);
  await gone;
  clearInterval(timer);
  expect(cli.lines).toEqual(['closed']);
  expect(await cli.exit).toMatchObject({ code: 0 });
  expect(cli.lines).toEqual(['closed', 'done']);
});

test('a stdout that it closes is closed to the client, and it goes on', async () => {
  const cli = observe(shell('echo last; exec >&-; sleep 1; echo on >&2; cat >&2'), {
    readStdout: false,
  });
  const lines: string[] = [];
  cli.stdoutStream.on('data', (chunk) => lines.push(String(chunk)));
  await new Promise((resolve) => cli.stdoutStream.once('end', resolve));
  expect([lines, cli.stderr]).toEqual([['last\n'], '']);
  cli.write('asked');
  expect(await cli.end()).toMatchObject({ code: 0 });
  expect(cli.stderr).toBe('on\nasked');
});

test('also to a client behind a pipe, which Node never closes', async () => {
  const product = `"${process.execPath}" bin/ts-calculator.js observe`;
  const server = 'echo last; exec >&-; cat >/dev/null';
  const cli = startCli({
    command: ['sh', '-c', `${product} -- sh -c '${server}' | { cat; echo closed; }`],
    env: QUIET,
  });
  await cli.waitFor(() => cli.lines.includes('closed'));
  expect(cli.lines).toEqual(['last', 'closed']);
  expect(await cli.end()).toMatchObject({ code: 0 });
});
