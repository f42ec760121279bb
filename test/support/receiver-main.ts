import { serveCalls } from './child-call';
import { startReceiver, type Receiver } from './receiver';

/** What receiver-process.ts calls. */
const methods = (receiver: Receiver) => ({
  url: () => receiver.url,
  behave: (...args: Parameters<Receiver['behave']>) => receiver.behave(...args),
  counts: () => ({
    requests: receiver.requests.length,
    spans: receiver.spans.length,
    points: receiver.metrics.length,
    logs: receiver.logs.length,
  }),
  latest: (metricName: string) => receiver.latest(metricName),
  spans: (from?: number, to?: number) => receiver.spans.slice(from, to),
  logs: (from?: number, to?: number) => receiver.logs.slice(from, to),
  summary: () => receiver.summary(),
  clear: () => receiver.clear(),
  refuse: () => receiver.refuse(),
  decodeLater: () => receiver.decodeLater(),
  listen: () => receiver.listen().then(() => undefined),
});
export type ReceiverMethods = ReturnType<typeof methods>;

const lazy = process.argv.includes('lazy');
void startReceiver({ unref: false, lazy }).then((receiver) => serveCalls(methods(receiver)));
