import { startCli, stopAll, type Cli } from '../support/cli';
import { now, pause } from '../support/time';
import { QUIET } from './support/lines';
import { isRunning, observe, program, saidPids, shell } from './support/observe';

afterEach(stopAll);

// How an end comes from outside: within 3 s all is over, and nobody is left.

/** 3 s, and what a busy machine may take. */
const OVER_MS = 4_000;
/** Until SIGTERM, until SIGKILL; timers may be a little early. */
const TERM_MS = 1_400;
const KILL_MS = 2_400;

/** How it ended, and how long that took; none of what it started is left. */
async function afterEnding(cli: Cli, pids: number[], end: () => void) {
  const begun = now();
  end();
  const { code, signal } = await cli.exit;
  const millis = now() - begun;
  expect(signal).toBeNull();
  expect(millis).toBeLessThan(OVER_MS);
  expect(pids.filter(isRunning)).toEqual([]);
  return { code, millis };
}

const DEAF = 'trap "" TERM INT HUP';
const SLEEP = 'while :; do sleep 0.1; done';

describe('the end of stdin', () => {
  const endOf = async (script: string, count = 1) => {
    const cli = observe(shell(script));
    const pids = await saidPids(cli, count);
    return { cli, ...(await afterEnding(cli, pids, () => cli.stdin.end())) };
  };

  test('ends its stdin; what it answers then is passed on', async () => {
    const { cli, code } = await endOf('echo pid $$ >&2; cat; sleep 0.5; echo bye; exit 3');
    expect([code, cli.stdout]).toEqual([3, 'bye\n']);
  });

  test('a child that ignores it gets SIGTERM after 1.5 s', async () => {
    const { code, millis } = await endOf('echo pid $$ >&2; exec sleep 60');
    expect(code).toBe(143);
    expect(millis).toBeGreaterThan(TERM_MS);
  });

  test('and may end in order then', async () => {
    const { cli, code } = await endOf(
      `trap 'echo in order; exit 5' TERM; echo pid $$ >&2; ${SLEEP}`,
    );
    expect([code, cli.stdout]).toEqual([5, 'in order\n']);
  });

  test('one that ignores SIGTERM too gets SIGKILL a second later', async () => {
    const { code, millis } = await endOf(`${DEAF}; echo pid $$ >&2; ${SLEEP}`);
    expect(code).toBe(137);
    expect(millis).toBeGreaterThan(KILL_MS);
  });

  test.each([
    ['that holds its pipes', ''],
    ['that holds none', '>/dev/null 2>&1 </dev/null'],
  ])('a grandchild that ignores everything, %s', async (_, redirected) => {
    const { code } = await endOf(
      `${DEAF}; (${SLEEP}) ${redirected} & echo pid $! >&2; echo pid $$ >&2; exec cat`,
      2,
    );
    expect(code).toBe(0);
  });

  test('of two behind a shell that waits for them', async () => {
    const { code } = await endOf('sleep 60 & echo pid $! >&2; sleep 60 & echo pid $! >&2; wait', 2);
    expect(code).toBe(143);
  });

  test('one that writes to a stderr that nobody reads', async () => {
    const cli = observe(program('flood.ts', 'stderr', 100), { readStderr: false });
    await pause(1_000);
    const { code } = await afterEnding(cli, [], () => cli.stdin.end());
    expect(code).toBe(143);
  });
});

describe('the child has ended, what it started has not', () => {
  test('it is ended with it', async () => {
    const cli = observe(shell(`${DEAF}; (${SLEEP}) & echo pid $! >&2; exit 4`));
    const pids = await saidPids(cli);
    const { code } = await afterEnding(cli, pids, () => undefined);
    expect(code).toBe(4);
  });

  test('one that has left its group and holds its pipes is left', async () => {
    const cli = observe(shell('setsid sleep 60 & echo pid $! >&2; exit 4'));
    const [pid] = await saidPids(cli);
    expect((await cli.exit).code).toBe(4);
    process.kill(pid!, 'SIGKILL');
  });
});

test('a client that goes away, its stdout first', async () => {
  const cli = observe(
    shell(
      `trap 'echo pipe >&2; exit 6' PIPE; echo pid $$ >&2; read line; while echo more; do :; done; exit 6`,
    ),
    { readStdout: false },
  );
  const pids = await saidPids(cli);
  cli.stdoutStream.destroy();
  const { code } = await afterEnding(cli, pids, () => cli.write('go on\n'));
  // Its own stdout is closed to it, as it would be without us.
  expect(code).toBe(6);
});

test('one whose server does not mind', async () => {
  const cli = observe(shell('echo pid $$ >&2; read line; echo answer; exec sleep 60'), {
    readStdout: false,
  });
  const pids = await saidPids(cli);
  cli.stdoutStream.destroy();
  const { code, millis } = await afterEnding(cli, pids, () => cli.write('go on\n'));
  expect(code).toBe(143);
  expect(millis).toBeGreaterThan(TERM_MS);
});

describe.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s to us', (name) => {
  const short = name.slice(3);

  test('reaches the child once', async () => {
    const cli = observe(
      shell(`trap 'echo got ${short}; sleep 0.3; exit 9' ${short}; echo pid $$ >&2; ${SLEEP}`),
    );
    const pids = await saidPids(cli);
    const { code } = await afterEnding(cli, pids, () => cli.kill(name));
    expect([code, cli.stdout]).toEqual([9, `got ${short}\n`]);
  });

  test('and what it started', async () => {
    // A shell that waits in front of a server, as npx does, gets the signal with it.
    const cli = observe(shell('sleep 60 & echo pid $! >&2; echo pid $$ >&2; wait; wait'));
    const pids = await saidPids(cli, 2);
    await afterEnding(cli, pids, () => cli.kill(name));
  });

  test('a child that ignores it is ended all the same', async () => {
    const cli = observe(shell(`${DEAF}; echo pid $$ >&2; ${SLEEP}`));
    const pids = await saidPids(cli);
    const { code, millis } = await afterEnding(cli, pids, () => cli.kill(name));
    expect(code).toBe(137);
    expect(millis).toBeGreaterThan(KILL_MS);
  });

  test('a second one ends all at once', async () => {
    const cli = observe(shell(`${DEAF}; (${SLEEP}) & echo pid $! >&2; echo pid $$ >&2; ${SLEEP}`));
    const pids = await saidPids(cli, 2);
    cli.kill(name);
    await pause(300);
    const { code, millis } = await afterEnding(cli, pids, () => cli.kill(name));
    expect(code).toBe({ SIGTERM: 143, SIGINT: 130, SIGHUP: 129 }[name]);
    expect(millis).toBeLessThan(TERM_MS);
  });
});

test("a terminal's Ctrl-C reaches the child once", async () => {
  const inner = `trap 'echo got INT; sleep 0.3; exit 9' INT; echo ready; ${SLEEP}`;
  const script = `exec "${process.execPath}" bin/ts-calculator.js observe -- sh -c "$INNER"`;
  const cli = startCli({
    command: ['script', '-qec', script, '/dev/null'],
    env: { ...QUIET, INNER: inner },
  });
  await cli.waitFor(() => cli.stdout.includes('ready'));
  cli.write('\x03');
  expect((await cli.exit).code).toBe(9);
  expect(cli.stdout.match(/got INT/g)).toHaveLength(1);
});

test('killed ourselves, the stdin of the child ends', async () => {
  const cli = observe(shell('echo pid $$ >&2; cat > /dev/null; echo end of stdin >&2'));
  const [pid] = await saidPids(cli);
  cli.kill('SIGKILL');
  expect(await cli.exit).toMatchObject({ signal: 'SIGKILL' });
  for (let tries = 0; isRunning(pid!) && tries < 100; tries++) await pause(50);
  expect(isRunning(pid!)).toBe(false);
});
