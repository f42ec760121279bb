import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Methods = Record<string, (...args: any[]) => unknown>;
interface Call {
  id: number;
  method: string;
  args: unknown[];
}
interface Reply {
  id: number;
  value?: unknown;
  error?: string;
}

/** In the child: answers the parent's calls with these methods, and ends when the parent does. */
export function serveCalls(methods: Methods): void {
  process.on('message', async ({ id, method, args }: Call) => {
    const reply: Reply = { id };
    try {
      reply.value = await methods[method]!(...args);
    } catch (error) {
      reply.error = String(error);
    }
    process.send!(reply);
  });
  process.on('disconnect', () => process.exit());
}

/** A TypeScript file of this folder as a process that answers calls (see `serveCalls`). */
export class ChildCalls {
  private readonly child: ChildProcess;
  private readonly open = new Map<number, (reply: Reply) => void>();
  private readonly ended: Promise<void>;
  private nextId = 0;

  constructor(file: string, args: string[] = []) {
    this.child = fork(join(__dirname, 'run-ts.mjs'), [join(__dirname, file), ...args], {
      serialization: 'advanced',
      execArgv: [],
    });
    // Alive for open calls only: a test that fails before `stop` must not keep jest from ending.
    this.child.unref();
    this.child.channel!.unref();
    this.child.on('message', (reply: Reply) => this.open.get(reply.id)?.(reply));
    this.ended = new Promise((resolve) =>
      this.child.on('exit', (code) => {
        for (const [id, end] of this.open) end({ id, error: `${file} ended with ${code}` });
        resolve();
      }),
    );
  }

  get pid(): number {
    return this.child.pid!;
  }

  call<T>(method: string, ...args: unknown[]): Promise<T> {
    const id = this.nextId++;
    this.child.channel?.ref();
    return new Promise<T>((resolve, reject) => {
      this.open.set(id, ({ value, error }) => {
        this.open.delete(id);
        if (this.open.size === 0) this.child.channel?.unref();
        if (error === undefined) resolve(value as T);
        else reject(new Error(error));
      });
      this.child.send({ id, method, args } satisfies Call);
    });
  }

  /** Ends the process and waits for it. */
  async stop(): Promise<void> {
    this.child.ref();
    if (this.child.connected) this.child.disconnect();
    await this.ended;
  }
}
