import { stopAll } from '../support/child';
import type { Span } from '../support/otlp-types';
import { startReceiver, type Receiver } from '../support/receiver';
import { call } from './sessions/observed';
import { pythonServer } from './sessions/python';
import { linesOf } from './support/recording';
import { run, type Run, type Session } from './support/session';

// Client and server are of the Python SDK, version 2, which makes spans where OpenTelemetry is set up:
// the client's is told to the server in `_meta`, and there it is the parent.

const OBSERVE = 'nodejs';

let receiver: Receiver;
beforeEach(async () => void (receiver = await startReceiver()));
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

const session = (traced: boolean): Session => {
  const { server, ...rest } = pythonServer();
  return {
    ...rest,
    server: [...server, '--traced'],
    ...(traced && { traced }),
    steps: [{ ask: 'tools/list' }, call('meta', {}), call('fail', {}), { ask: 'ping' }],
  };
};

/** The `_meta` that the server's handler was called with. */
const metaSeen = ({ answers }: Run): Record<string, string> => {
  const answer = answers.find((each) => JSON.stringify(each).includes('traceparent'));
  return (answer as { result: { structuredContent: Record<string, string> } }).result
    .structuredContent;
};

/** The spans of observe's, of the client's and of the server's, for one method, or one tool. */
function spansFor(name: string) {
  const named = receiver.spans.filter((span) => span.name === name);
  const byObserve = (span: Span): boolean => span.resource['telemetry.sdk.language'] === OBSERVE;
  return {
    client: receiver.spans.filter((span) => span.name === `MCP send ${name}`),
    observe: named.filter(byObserve),
    server: named.filter((span) => !byObserve(span)),
  };
}

const ids = ({ traceId, spanId }: Span): string => `00-${traceId}-${spanId}-01`;

test.each(['initialize', 'tools/list', 'tools/call meta', 'tools/call fail', 'ping'])(
  'with --propagate the client, observe and the server make one trace of %s',
  async (name) => {
    const done = await run(session(true), { observe: ['--propagate'], env: receiver.env });
    const { client, observe, server } = spansFor(name);
    expect([client.length, observe.length, server.length]).toEqual([1, 1, 1]);
    expect(observe[0]).toMatchObject({
      traceId: client[0]!.traceId,
      parentSpanId: client[0]!.spanId,
    });
    expect(server[0]).toMatchObject({
      traceId: client[0]!.traceId,
      parentSpanId: observe[0]!.spanId,
    });
    expect(metaSeen(done)['traceparent']).toBe(ids(spansFor('tools/call meta').observe[0]!));
  },
);
