import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { onlyJsonRpc, stopAll } from '../support/cli';
import { ROOT } from '../support/root';
import { pause } from '../support/time';
import { runRecorded } from './support/loaded-scripts';
import { oneCall, run } from './support/run';

// What is loaded at the start, and V8's code cache (src/start).

/** Also one that is just being written: it has a process id at its end. */
const isCache = (name: string): boolean => name.includes('.cache');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ts-calculator-start-'));
  for (const part of ['bin', 'dist']) {
    const filter = (path: string): boolean => !isCache(basename(path));
    cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter });
  }
});
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true });
});

/** As src/start/load.ts has it. */
const SAVE_AFTER_MILLIS = 2_000;
/** And some time to write. */
const UNTIL_SAVED_MILLIS = SAVE_AFTER_MILLIS + 2_000;

const command = (): [string, string] => [process.execPath, join(folder, 'bin', 'ts-calculator.js')];
const caches = (): string[] =>
  readdirSync(join(folder, 'dist'))
    .filter(isCache)
    .map((name) => join(folder, 'dist', name));

/** A session, as long as it takes until code is saved, and without any fault. */
async function session(millis = 0): Promise<void> {
  const { cli, exit, receiver } = await run({ command: command() }, async (cli) => {
    await oneCall(cli);
    await pause(millis);
  });
  expect(exit.code).toBe(0);
  onlyJsonRpc(cli.stdout);
  expect(cli.stderr).not.toMatch(/WARN|ERROR/);
  expect(receiver.spans.length).toBeGreaterThan(0);
}

test('a session loads neither what reads a command line nor the MCP SDK', async () => {
  const { main } = await runRecorded();
  expect([...main].sort()).toEqual(['cli.cjs', 'context.cjs', 'start.cjs']);
});

test('the first session leaves the code of both threads, whole, and harms none by it', async () => {
  await session(UNTIL_SAVED_MILLIS);
  const files = caches();
  for (const name of ['cli', 'context', 'worker']) {
    expect(files.filter((file) => file.includes(`${name}.cjs.`))).toHaveLength(1);
  }
  await session();

  for (const file of files) truncateSync(file, 1_000);
  await session();
  for (const file of files) writeFileSync(file, Buffer.alloc(100_000, 7));
  await session();
}, 30_000);

test('a short session leaves nothing', async () => {
  // On a machine that stalls none may be short enough: then there is nothing to be said of one.
  for (let tries = 0; tries < 5; tries++) {
    const begun = performance.now();
    await session();
    if (performance.now() - begun < SAVE_AFTER_MILLIS) {
      expect(caches()).toEqual([]);
      return;
    }
    for (const file of caches()) rmSync(file);
  }
}, 120_000);

test('a folder that cannot be written to is no fault', async () => {
  chmodSync(join(folder, 'dist'), 0o500);
  try {
    await session(UNTIL_SAVED_MILLIS);
    // Root writes where it likes, whatever the mode: then this tells no more than the first test.
    if (process.getuid?.() !== 0) expect(caches()).toEqual([]);
  } finally {
    chmodSync(join(folder, 'dist'), 0o700);
  }
}, 15_000);
