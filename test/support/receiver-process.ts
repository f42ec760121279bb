import { ChildCalls } from './child-call';
import type { ReceiverMethods } from './receiver-main';
import { pause } from './time';

type Counts = ReturnType<ReceiverMethods['counts']>;
/** The receiver's methods, each answered by the other process. */
type Remote = {
  [Name in keyof Omit<ReceiverMethods, 'url'>]: (
    ...args: Parameters<ReceiverMethods[Name]>
  ) => Promise<Awaited<ReturnType<ReceiverMethods[Name]>>>;
};

export interface ReceiverProcess extends Remote {
  url: string;
  env: Record<string, string>;
  pid: number;
  /** Resolves when the counts satisfy; they are asked for every 20 ms. */
  waitForCounts(predicate: (counts: Counts) => boolean, timeoutMs?: number): Promise<Counts>;
  close(): Promise<void>;
}

/**
 * A receiver in a process of its own: for load tests, where this process drives the client.
 *
 * @param options `lazy`: it decodes nothing before `decodeLater()`
 */
export async function startReceiverProcess({ lazy = false } = {}): Promise<ReceiverProcess> {
  const child = new ChildCalls('receiver-main.ts', lazy ? ['lazy'] : []);
  const url = await child.call<string>('url');
  const call =
    (name: keyof Remote) =>
    (...args: unknown[]) =>
      child.call<never>(name, ...args);
  const remote: Remote = {
    behave: call('behave'),
    counts: call('counts'),
    latest: call('latest'),
    spans: call('spans'),
    logs: call('logs'),
    summary: call('summary'),
    clear: call('clear'),
    refuse: call('refuse'),
    listen: call('listen'),
    decodeLater: call('decodeLater'),
  };
  return {
    ...remote,
    url,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: url },
    pid: child.pid,
    async waitForCounts(predicate, timeoutMs = 10_000) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const counts = await remote.counts();
        if (predicate(counts)) return counts;
        if (Date.now() > deadline) {
          throw new Error(`not met in ${timeoutMs} ms: ${predicate}\n${await remote.summary()}`);
        }
        await pause(20);
      }
    },
    close: () => child.stop(),
  };
}
