import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedPort } from '../../e2e/support/free-port';
import { Output } from '../../support/cli-output';
import { cleanEnvironment } from '../../support/environment';
import { poll } from '../../support/poll';

export interface PhoenixOptions {
  /** The `phoenix` command, as install.mjs has it. */
  command: string;
  /** PHOENIX_* and the like, beside what keeps it on this machine. */
  env?: Record<string, string>;
}

/** A Phoenix with a database of its own, ready to take spans. */
export interface Phoenix {
  /** The base URL. */
  url: string;
  pid: number;
  /** Ends it at once; what it has stored is gone. */
  stop(): Promise<void>;
}

const READY_MILLIS = 90_000;
const LEASH = join(__dirname, '..', '..', 'support', 'leash.mjs');

/** Starts a Phoenix on free loopback ports. It needs ten seconds or more, and no internet. */
export async function startPhoenix({ command, env = {} }: PhoenixOptions): Promise<Phoenix> {
  const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-phoenix-'));
  const port = await closedPort();
  const url = `http://127.0.0.1:${port}`;
  const own = {
    PHOENIX_WORKING_DIR: folder,
    PHOENIX_HOST: '127.0.0.1',
    PHOENIX_PORT: String(port),
    PHOENIX_GRPC_PORT: String(await closedPort()),
    PHOENIX_ALLOW_EXTERNAL_RESOURCES: 'false',
    PHOENIX_DISABLE_AGENT_ASSISTANT: 'true',
    PHOENIX_TELEMETRY_ENABLED: 'false',
    // Any file that is not empty keeps it from fetching one.
    PHOENIX_WASM_BINARY_PATH: LEASH,
    PYTHONUNBUFFERED: '1',
  };
  const child = spawn(process.execPath, [LEASH, command, 'serve'], {
    env: cleanEnvironment({ ...own, ...env }),
    cwd: folder,
  });
  const output = collect(child);
  const stop = async () => {
    child.stdin!.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await poll(() => isReady(child, url), READY_MILLIS, 'a Phoenix that is ready');
  } catch (error) {
    await stop();
    const { message } = error as Error;
    throw new Error(`no Phoenix: ${message}\n${output().slice(-3_000)}`, { cause: error });
  }
  return { url, pid: child.pid!, stop };
}

/** All that the child writes. */
function collect({ stdout, stderr }: ChildProcess): () => string {
  const outputs = [stdout!, stderr!].map((stream) => new Output(stream, () => {}));
  for (const output of outputs) output.read();
  return () => outputs.map(({ text }) => text).join('');
}

async function isReady(child: ChildProcess, url: string): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
