import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { startChild, type Child, type Run } from './child';
import { Ending, type EndReason } from './ending';
import type { Group } from './group';
import { Pump, type PumpOptions, type Rewrite } from './pump';

/** After the child's end: how long others of its group may hold its pipes, and then take to end. */
const HELD_MILLIS = 1_000;
const LEFTOVER_MILLIS = 500;
const KILLED_MILLIS = 200;
/** And how long one who has left the group may hold them, saying nothing. */
const IDLE_MILLIS = 200;
const MAX_POLL_MILLIS = 80;

/** A reader that takes nothing for so long is given up. */
const STALL_MILLIS = 5_000;
const STDERR_STALL_MILLIS = 1_000;

export interface RelayOptions {
  readonly run: Run;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** What looks on: each sees the bytes as they came, once they have been written on; `rewrite` before. */
  readonly fromClient?: (chunk: Buffer) => void;
  readonly fromServer?: (chunk: Buffer) => void;
  readonly fromServerStderr?: (chunk: Buffer) => void;
  /** For what goes to the server. */
  readonly rewrite?: Rewrite;
  /** For the server's stderr, among which stand lines of others. */
  readonly rewriteStderr?: Rewrite;
  /** An end has begun: from now on the time runs. */
  readonly onEnding?: (reason: EndReason) => void;
  /** What looks on has thrown: told once a direction. */
  readonly onFault?: (error: unknown) => void;
  /** Ends this process at once. */
  readonly exit: (code: number) => void;
}

export interface RelayEnd {
  /** The child's; ended by a signal: 128 + its number. */
  readonly exitCode: number;
  /** By then this process should be gone, on the clock of `performance.now()`. */
  readonly deadline: number;
  /** Whether all that the child said on stdout was taken, or its reader is gone. */
  readonly wasRead: boolean;
  /** Whether the child failed by itself: nobody had asked for an end. */
  readonly hasDied: boolean;
}

interface Pumps {
  readonly stdin: Pump;
  readonly stdout: Pump;
  readonly stderr: Pump;
}

/**
 * A child between our stdin, stdout and stderr: it gets what we get and we say what it says. When one
 * side ends, so does the other.
 */
export class Relay {
  private readonly ending: Ending;
  private readonly signals = new Set<NodeJS.Signals>();
  private child: Child | undefined;
  private pumps: Pumps | undefined;

  constructor(private readonly options: RelayOptions) {
    this.ending = new Ending((signal) => this.child?.group.signal(signal), options.onEnding);
  }

  /**
   * Starts the child and resolves when all is over: the child has ended, nothing of its group is left,
   * and what it said is written.
   *
   * @throws {StartError} it cannot be started
   */
  async run(): Promise<RelayEnd> {
    const child = (this.child = await startChild(this.options.run));
    for (const early of this.signals) child.group.signal(early);
    const pumps = (this.pumps = this.connect(child));

    const exitCode = await Promise.race([child.exited, this.ending.hopeless]);
    const hasDied = exitCode !== 0 && !this.ending.hasBegun;
    this.ending.childIsGone();
    pumps.stdin.end();
    this.options.stdin.destroy();
    await this.endGroup(child.group, Promise.all([pumps.stdout.ended, pumps.stderr.ended]));
    const [wasRead] = await Promise.all([
      pumps.stdout.finish(this.patience(STALL_MILLIS)),
      pumps.stderr.finish(this.patience(STDERR_STALL_MILLIS)),
    ]);
    return { exitCode, deadline: this.ending.deadline(), wasRead, hasDied };
  }

  /** Passes on a signal that we got, and begins an end; the second of its kind ends all at once. */
  signal(name: NodeJS.Signals): void {
    if (this.signals.has(name)) {
      this.child?.group.signal('SIGKILL');
      return this.options.exit(128 + constants.signals[name]);
    }
    this.signals.add(name);
    this.child?.group.signal(name);
    this.ending.begin(name);
  }

  private connect(child: Child): Pumps {
    const { stdin, stdout, stderr, onFault, ...looks } = this.options;
    const pump = (source: Readable, sink: Writable, options: PumpOptions): Pump =>
      new Pump(source, sink, { ...options, ...(onFault && { onFault }) });
    return {
      stdin: pump(stdin, child.stdin, {
        look: looks.fromClient,
        rewrite: looks.rewrite,
        onEnd: () => this.ending.begin('stdin ended'),
      }),
      stdout: pump(child.stdout, stdout, {
        look: looks.fromServer,
        onSinkClosed: () => {
          this.ending.begin('stdout closed');
          this.pumps?.stdin.end();
        },
      }),
      stderr: pump(child.stderr, stderr, {
        look: looks.fromServerStderr,
        rewrite: looks.rewriteStderr,
        keepSink: true,
      }),
    };
  }

  /** The child has ended; what it started may not stay when we go. */
  private async endGroup(group: Group, pipesEnded: Promise<unknown>): Promise<void> {
    let held = true;
    void pipesEnded.then(() => (held = false));
    await until(() => !group.isAlive() || !held, this.ending.atMost(HELD_MILLIS));
    const isGone = () => !group.isAlive();
    if (isGone()) return;
    group.signal('SIGTERM');
    await until(isGone, this.ending.atMost(LEFTOVER_MILLIS));
    group.signal('SIGKILL');
    await until(isGone, KILLED_MILLIS);
  }

  private patience(millis: number) {
    return { idleMillis: IDLE_MILLIS, stallMillis: () => this.ending.atMost(millis) };
  }
}

async function until(condition: () => boolean, millis: number): Promise<void> {
  const end = performance.now() + millis;
  for (
    let wait = 5;
    !condition() && performance.now() < end;
    wait = Math.min(2 * wait, MAX_POLL_MILLIS)
  ) {
    await pause(wait);
  }
}
