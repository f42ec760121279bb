import { spawn, type ChildProcess } from 'node:child_process';
import { Output } from './cli-output';
import { cleanEnvironment } from './environment';
import { ROOT } from './root';
import { now } from './time';
import { Waiters } from './waiters';

export interface ChildOptions {
  /** Added to the clean environment. */
  env?: Record<string, string>;
  cwd?: string;
  /** `false` leaves the pipe unread until `readStdout()` or `readStderr()`. */
  readStdout?: boolean;
  readStderr?: boolean;
  /** For each wait on this child, in ms. */
  timeoutMs?: number;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** From spawn to the end, and from the last byte on stdout to the end, in ms. */
  afterSpawnMs: number;
  afterLastByteMs: number | undefined;
}

const running = new Set<Child>();

/** Ends whatever a test left running: `afterEach(stopAll)`. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop()));
}

/** How long the pipes may stay open after the end, held by a grandchild. */
const CLOSE_MS = 1_000;

/** A child process with its output collected. */
export class Child {
  /** Resolves when the child has ended and its output is read. */
  readonly exit: Promise<Exit>;
  protected readonly timeoutMs: number;
  private readonly child: ChildProcess;
  private readonly out: Output;
  private readonly err: Output;
  private readonly waiters = new Waiters();
  private ended = false;

  constructor(command: [string, ...string[]], options: ChildOptions = {}) {
    this.timeoutMs = options.timeoutMs ?? 10_000;
    const [file, ...args] = command;
    const spawnedAt = now();
    this.child = spawn(file, args, {
      cwd: options.cwd ?? ROOT,
      env: cleanEnvironment(options.env),
      // A group of its own, so that npx and shells are ended with what they started.
      detached: true,
    });
    running.add(this);
    this.child.stdin!.on('error', () => {}); // EPIPE: the child is gone, and `exit` tells.
    this.out = new Output(this.child.stdout!, (lines) => {
      this.take(lines);
      this.waiters.check();
    });
    this.err = new Output(this.child.stderr!, () => this.waiters.check());
    this.exit = this.watch(spawnedAt);
    this.exit.catch(() => {}); // Whoever awaits it is told; nobody has to.
    if (options.readStdout !== false) this.readStdout();
    if (options.readStderr !== false) this.readStderr();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get stdin(): NonNullable<ChildProcess['stdin']> {
    return this.child.stdin!;
  }

  /** For bytes that are no text: with `readStdout: false`, and without `readStdout()`. */
  get stdoutStream(): NonNullable<ChildProcess['stdout']> {
    return this.child.stdout!;
  }

  /** All of stdout as read until now; its whole lines; all of stderr. */
  get stdout(): string {
    return this.out.text;
  }

  get lines(): readonly string[] {
    return this.out.lines;
  }

  get stderr(): string {
    return this.err.text;
  }

  readStdout(): void {
    this.out.read();
  }

  readStderr(): void {
    this.err.read();
  }

  /** Writes bytes as they are. */
  write(raw: string | Buffer): void {
    this.stdin.write(raw);
  }

  /** Waits for the first truthy value of a condition on what the child wrote. */
  waitFor<T>(condition: () => T, what = String(condition)): Promise<NonNullable<T>> {
    const result = this.waiters.add(condition, this.timeoutMs, () => `${what}\n${this.report()}`);
    if (this.ended) this.waiters.cancel('the child has ended');
    return result;
  }

  async waitForStderr(text: string | RegExp): Promise<void> {
    await this.waitFor(
      () => (typeof text === 'string' ? this.stderr.includes(text) : text.test(this.stderr)),
      `${text} on stderr`,
    );
  }

  /** Closes stdin and waits for the end. */
  async end(timeoutMs = this.timeoutMs): Promise<Exit> {
    this.stdin.end();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const fail = (): void =>
        reject(new Error(`no end in ${timeoutMs} ms of stdin's end\n${this.report()}`));
      timer = setTimeout(fail, timeoutMs);
    });
    return Promise.race([this.exit, late]).finally(() => clearTimeout(timer));
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): void {
    this.child.kill(signal);
  }

  /** Ends the child at once, with what it started. */
  async stop(): Promise<void> {
    // Never after the end of all: the id may by then be another's.
    if (!running.has(this)) return;
    try {
      if (this.pid !== undefined) process.kill(-this.pid, 'SIGKILL');
    } catch {
      // All of the group have ended.
    }
    await this.exit.catch(() => {});
    running.delete(this);
  }

  /** The ends of both outputs: for messages of failed tests. */
  report(): string {
    const last = (text: string): string => text.slice(-2_000) || '(nothing)';
    return `--- stdout\n${last(this.stdout)}\n--- stderr\n${last(this.stderr)}`;
  }

  /** Whole lines of stdout as they come. */
  protected take(_lines: string[]): void {}

  /** The child has ended: nothing more will come. */
  protected over(_reason: string): void {}

  private watch(spawnedAt: number): Promise<Exit> {
    return new Promise<Exit>((resolve, reject) => {
      this.child.on('error', reject);
      this.child.on('exit', (code, signal) => {
        const at = now();
        const finish = (): void => {
          const last = this.out.lastByteAt;
          const afterLastByteMs = last === undefined ? undefined : Math.max(0, at - last);
          resolve({ code, signal, afterSpawnMs: at - spawnedAt, afterLastByteMs });
        };
        const timer = setTimeout(finish, CLOSE_MS);
        this.child.on('close', () => {
          running.delete(this); // Nobody holds its pipes: nothing of it is left to stop.
          clearTimeout(timer);
          finish();
        });
      });
    }).finally(() => {
      this.ended = true;
      this.waiters.check();
      this.waiters.cancel('the child has ended');
      this.over('the child has ended');
    });
  }
}
