import { flagDefinitions, loadSettings, OBSERVE_DEFAULTS, type LoadedSettings } from '../config';
import { VERSION } from '../version';
import type { Asked, Flags } from './asked';
import { call } from './call';
import { print } from './print';
import { serveHttp } from './serve-http';
import { serveStdio } from './serve-stdio';
import { renderTools } from './tools';
import { TAKERS } from './takers';

// A reader that is gone (`| head -1`) is no fault; `serve`, which must end then, listens for itself.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** What may leave something under way that nobody waits for. */
const MAY_LINGER: ReadonlySet<string> = new Set(['serve', 'observe', 'call', 'doctor']);

/** By name: a file of the bundle has classes of its own. */
const THEIR_FAULTS: ReadonlySet<string> = new Set(['ConfigError', 'UsageError']);

void run();

async function run(): Promise<void> {
  try {
    const asked = await readArguments();
    process.exitCode = await answer(asked);
    // What a client no longer reads, and a worker behind a silent receiver, must not keep us.
    if (MAY_LINGER.has(asked.command)) process.exit();
  } catch (error) {
    const isTheirs = error instanceof Error && THEIR_FAULTS.has(error.name);
    process.stderr.write(
      `ts-calculator: ${isTheirs ? error.message : String((error as Error)?.stack ?? error)}\n`,
    );
    process.exitCode = 1;
    // A fault of ours: what else is under way would go on without end.
    if (!isTheirs) process.exit();
  }
}

/**
 * Without arguments, as most clients start a server, there is nothing to be read, and what reads is
 * not loaded.
 */
async function readArguments(): Promise<Asked> {
  if (process.argv.length === 2) return { command: 'serve', flags: {} };
  const { readCommandLine } = await import('./command-line');
  return readCommandLine(process.argv, { version: VERSION, flags: flagDefinitions() });
}

/** @returns the exit code */
async function answer(asked: Asked): Promise<number> {
  switch (asked.command) {
    case 'serve':
      return serve(load('serve', asked.flags));
    case 'observe': {
      const { observe } = await import('./observe');
      return observe(load('observe', asked.flags), {
        ...asked.run,
        env: process.env,
      });
    }
    case 'call':
      return call(load('call', asked.flags), asked.tool, asked.operands, asked.json);
    case 'doctor': {
      const { doctor } = await import('./doctor');
      const { text, exitCode } = await doctor(load('doctor', asked.flags), asked);
      await print(text);
      return exitCode;
    }
    case 'config': {
      const { config } = await import('./config');
      return config(load(asked.observes ? 'observe' : 'config', asked.flags), asked);
    }
    case 'tools':
      process.stdout.write(`${renderTools(asked.json)}\n`);
      return 0;
    case 'nothing':
      return asked.exitCode;
  }
}

function serve(loaded: LoadedSettings): Promise<number> {
  const { http } = loaded.settings;
  return http ? serveHttp(loaded, http) : serveStdio(loaded);
}

/** The settings as a command has them. */
function load(command: keyof typeof TAKERS, flags: Flags): LoadedSettings {
  return loadSettings({
    flags,
    env: process.env,
    packageVersion: VERSION,
    takers: TAKERS[command],
    ...(command === 'observe' && { defaults: OBSERVE_DEFAULTS }),
  });
}
