import type { Exit } from '../../../support/child';
import { now } from '../../../support/time';
import { Caller } from './caller';
import type { Diary, Process, Session } from './diary';
import { exactly } from './interval';

export interface ServedOptions {
  readonly diary: Diary;
  readonly service: string;
  readonly env: Record<string, string>;
  /** Milliseconds by which `--fault` delays each call of a tool. */
  readonly slow?: number;
}

/** Now, since 1970. */
export const seconds = (): number => Date.now() / 1000;

/** A process under load, and what the diary has of it. */
export class Served {
  readonly caller: Caller;
  /** Its number among the processes. */
  readonly number: number;
  /** Spans that are no request's of the client: of notifications, and of what the server asks. */
  spansBeside = 0;
  private readonly process: Process;
  private logsWhenTold: number | undefined;

  constructor(
    private readonly options: ServedOptions,
    tools: readonly string[],
    /** How many log records it has made. */
    private readonly logs: () => number,
  ) {
    const { diary, service, slow = 0 } = options;
    this.number = diary.processes.length;
    this.caller = new Caller(diary, { service, process: this.number }, slow);
    this.process = {
      service,
      started: seconds(),
      tools,
      made: {
        span: () => exactly(this.requests + this.spansBeside),
        // What is told at the end may come after the last counts.
        log: () => [this.logsWhenTold ?? this.logs(), this.logs()],
      },
    };
    diary.processes.push(this.process);
  }

  /** How many it was asked. */
  get requests(): number {
    return this.options.diary.asked.filter(({ process }) => process === this.number).length;
  }

  /** Begins a session by what opens it; returns what ends it by what closes it. */
  async session<T>(open: () => Promise<T>) {
    const session: Session = { service: this.options.service };
    const asked = now();
    const opened = await open();
    const answered = now();
    this.options.diary.sessions.push(session);
    return {
      opened,
      end: async (close: () => Promise<unknown>) => {
        const told = now();
        await close();
        session.seconds = [(told - answered) / 1000, (now() - asked) / 1000];
      },
    };
  }

  /** Tells the process to end. */
  async end(tell: () => Promise<Exit>): Promise<void> {
    this.logsWhenTold = this.logs();
    const told = seconds();
    const { code } = await tell();
    if (code !== 0) throw new Error(`${this.options.service} ended with ${code}`);
    this.process.ended = [told, seconds()];
  }
}
