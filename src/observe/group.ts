import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A child and what it started, as far as that has left no group of its own. */
export interface Group {
  /** Sends a signal to all of it. */
  signal(name: NodeJS.Signals): void;
  /**
   * Whether any of it runs: to be asked when the child itself has ended, and not too often. On Windows
   * nobody can say: false.
   */
  isAlive(): boolean;
}

/** @param pid of the child that leads it */
export function createGroup(pid: number): Group {
  return process.platform === 'win32' ? new ProcessTree(pid) : new ProcessGroup(pid);
}

class ProcessGroup implements Group {
  private isGone = false;

  constructor(private readonly pid: number) {}

  signal(name: NodeJS.Signals): void {
    this.kill(name);
  }

  isAlive(): boolean {
    this.kill(0);
    return !this.isGone && anyRuns(this.pid);
  }

  private kill(signal: NodeJS.Signals | 0): void {
    // Once all are gone, the number may be given to others.
    if (this.isGone) return;
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      // EPERM: it is there, but another user's by now (sudo).
      this.isGone = (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
  }
}

/**
 * Whether any process of a group does more than wait for its parent to look at its end. A container's
 * first process often does not look at all, and a signal says of such a process that it is there.
 *
 * @returns true where `/proc` cannot tell: the signal is believed
 */
function anyRuns(group: number): boolean {
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return true;
  }
  return names.some((name) => {
    if (!/^\d/.test(name)) return false;
    try {
      // `7 (its name) S 1 7 …`: state, parent, group. The name may hold anything.
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, , of] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(of) === group && state !== 'Z' && state !== 'X';
    } catch {
      return false;
    }
  });
}

/** Windows has no signals: a console's Ctrl-C reaches all of its processes, and to end is to end by force. */
class ProcessTree implements Group {
  constructor(private readonly pid: number) {}

  signal(name: NodeJS.Signals): void {
    if (name !== 'SIGTERM' && name !== 'SIGKILL') return;
    const arguments_ = ['/pid', String(this.pid), '/t', '/f'];
    spawn('taskkill', arguments_, { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => undefined,
    );
  }

  isAlive(): boolean {
    return false;
  }
}
