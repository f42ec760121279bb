import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from '../../support/child';
import { ROOT } from '../../support/root';
import { program, pythonProgram } from './installed';
import { readRecordings, type Recording } from './recording';

/** One thing that a client does. */
export type Step =
  /** Asks, and waits for the answer; with `cancel`, until it was told of progress. */
  | { ask: string; params?: object; cancel?: true }
  /** Waits until the server has sent so many (1) requests or notifications of a method. */
  | { wait: string; times?: number };

export type ClientName = 'client-v1' | 'client-v2' | 'client-python';

/** What a client does with a server. */
export interface Session {
  /** The command that starts the server. */
  server: [string, ...string[]];
  client: ClientName;
  /** How the client chooses the revision of MCP, in its own terms. */
  negotiation?: string | object;
  /** The client makes OpenTelemetry spans of its own (Python). */
  traced?: true;
  /** The root that the client tells to a server that asks. */
  root?: string;
  steps: Step[];
}

export interface Run {
  /** What the client's own functions returned or threw, step by step. */
  answers: unknown[];
  /** What went through the pipes of each process that the client started. */
  outside: Recording[];
  /** The same between `observe` and the server. */
  inside: Recording[];
}

export interface RunOptions {
  /** Flags of `observe`; without them the server is started directly. */
  observe?: string[];
  env?: Record<string, string>;
}

const RECORD = join(__dirname, 'record.mjs');
const PRODUCT = join(ROOT, 'bin', 'ts-calculator.js');
const SESSION_MILLIS = 50_000;

const CLIENTS: Record<ClientName, () => [string, ...string[]]> = {
  'client-v1': () => [process.execPath, program('client-v1.mjs')],
  'client-v2': () => [process.execPath, program('client-v2.mjs')],
  'client-python': () => pythonProgram('client.py'),
};

/** Lets the client go through its session, with the server behind `observe` or without. */
export async function run(session: Session, { observe, env = {} }: RunOptions): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-servers-'));
  const record = (name: string): string[] => {
    mkdirSync(join(folder, name));
    return [process.execPath, RECORD, join(folder, name)];
  };
  const [command, ...args] = [
    ...record('outside'),
    ...(observe ? [process.execPath, PRODUCT, 'observe', ...observe, '--'] : []),
    ...(observe ? record('inside') : []),
    ...session.server,
  ];
  const { client, traced, steps, root = '/workspace', negotiation = 'legacy' } = session;
  const told = JSON.stringify({ command, args, env, steps, root, negotiation });
  const program = [...CLIENTS[client](), told, ...(traced ? ['--traced'] : [])] as const;
  const child = new Child([...program], { env, timeoutMs: SESSION_MILLIS });
  try {
    const { code } = await child.end();
    if (code !== 0) throw new Error(`${client} ended with ${code}\n${child.report()}`);
    const recordings = (name: string) => readRecordings(join(folder, name));
    return {
      answers: child.lines.map((line) => JSON.parse(line) as unknown),
      outside: recordings('outside'),
      inside: observe ? recordings('inside') : [],
    };
  } finally {
    await child.stop();
    rmSync(folder, { recursive: true });
  }
}
