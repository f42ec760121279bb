import { stopAll } from '../support/child';
import type { Span } from '../support/otlp-types';
import { startReceiver, type Receiver } from '../support/receiver';
import { call } from './sessions/observed';
import { pythonServer } from './sessions/python';
import { linesOf } from './support/recording';
import { run, type Run, type Session } from './support/session';

// The Python SDK, version 2, makes spans where OpenTelemetry is set up, on both sides: the client's goes
// to the server in `_meta`, and is the parent there. `observe` stands in between.

const { server, ...rest } = pythonServer();
const SESSION: Session = {
  ...rest,
  server: [...server, '--traced'],
  steps: [
    { ask: 'tools/list' },
    call('meta', {}),
    call('ask', {}),
    call('fail', {}),
    { ask: 'ping' },
  ],
};
const OPERATIONS = [
  ...['initialize', 'tools/list', 'tools/call meta', 'tools/call ask', 'tools/call fail', 'ping'],
];

let receiver: Receiver;
let done: Run;

async function go(session: Session, observe: string[]): Promise<void> {
  receiver = await startReceiver();
  done = await run(session, { observe, env: receiver.env });
}
afterAll(stopAll);

/** The one span of that name which was made in that language: observe is in Node. */
function find(name: string, language: 'nodejs' | 'python'): Span {
  const found = receiver.spans.filter(
    (span) => span.name === name && span.resource['telemetry.sdk.language'] === language,
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

const spansOf = (operation: string) => ({
  observe: find(operation, 'nodejs'),
  server: find(operation, 'python'),
});

const asParent = ({ traceId, spanId }: Span) => ({ traceId, parentSpanId: spanId });

/** The `_meta` that the server's handler was given, which the tool `meta` answers with. */
const metaSeen = (): unknown =>
  done.answers
    .map((answer) => (answer as { result?: { structuredContent?: object } }).result)
    .find((result) => result?.structuredContent && 'progress_token' in result.structuredContent)
    ?.structuredContent;

/** What the context looks like where it is put into a message, or stands in it from the start. */
const CONTEXT = '"traceparent":"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"';
const PUT_IN = new RegExp(
  `,"params":\\{"_meta":\\{${CONTEXT}\\}\\}|"_meta":\\{${CONTEXT}\\},?|${CONTEXT},?`,
);

function nothingElseDiffers(): void {
  const [outside, inside] = [done.outside[0]!, done.inside[0]!];
  const sent = linesOf(outside, 'client');
  const got = linesOf(inside, 'client');
  const rest = (line: string): string => line.replace(PUT_IN, '');
  expect(got.map(rest)).toEqual(sent.map(rest));
  // All but the answers to what the server asks.
  expect(got.filter((line, i) => line !== sent[i])).toHaveLength(OPERATIONS.length + 1);
  expect(inside.server).toEqual(outside.server);
}

describe('with --propagate', () => {
  beforeAll(() => go({ ...SESSION, traced: true }, ['--propagate']));
  afterAll(() => receiver.close());

  test.each(OPERATIONS)('%s is one trace: the client, observe, the server', (operation) => {
    const client = find(`MCP send ${operation}`, 'python');
    const { observe, server } = spansOf(operation);
    expect(observe).toMatchObject({ ...asParent(client), kind: 'SERVER' });
    expect(server).toMatchObject({ ...asParent(observe), kind: 'SERVER' });
  });

  test('the handler of the server sees the span of observe as its parent', () => {
    const { traceId, spanId } = spansOf('tools/call meta').observe;
    const traceparent = expect.stringMatching(`^00-${traceId}-${spanId}-03$`);
    expect(metaSeen()).toMatchObject({ traceparent });
  });

  test('what the server asks of the client meanwhile is part of the trace', () => {
    const { observe: call } = spansOf('tools/call ask');
    for (const asked of ['elicitation/create', 'roots/list']) {
      const byServer = find(`MCP send ${asked}`, 'python');
      const byObserve = find(asked, 'nodejs');
      expect(byServer.traceId).toBe(call.traceId);
      expect(byObserve).toMatchObject({ ...asParent(byServer), kind: 'CLIENT' });
    }
  });

  test('nothing but the trace differs in what the server gets', nothingElseDiffers);
});

describe('with --propagate, and a client that has no trace', () => {
  beforeAll(() => go(SESSION, ['--propagate']));
  afterAll(() => receiver.close());

  test.each(OPERATIONS)('%s begins one in observe, and the server continues it', (operation) => {
    const { observe, server } = spansOf(operation);
    expect(observe).toMatchObject({ parentSpanId: '', kind: 'SERVER' });
    expect(server).toMatchObject({ ...asParent(observe), kind: 'SERVER' });
  });

  test('nothing but the trace differs in what the server gets', nothingElseDiffers);
});

describe('without --propagate', () => {
  beforeAll(() => go({ ...SESSION, traced: true }, []));
  afterAll(() => receiver.close());

  test.each(OPERATIONS)('observe and the server are side by side below %s', (operation) => {
    const client = find(`MCP send ${operation}`, 'python');
    const { observe, server } = spansOf(operation);
    expect([observe, server]).toMatchObject([asParent(client), asParent(client)]);
  });
});
