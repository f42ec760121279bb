import { ROWS } from '../e2e/support/scripted-rows';
import { play, spanOf, type Played } from '../e2e/support/scripted-session';
import { stopAll, type Cli } from '../support/cli';
import { now } from '../support/time';
import type { RestSpan } from './support/client';
import { poll } from '../support/poll';
import { startTraced } from './support/session';
import { checked, sharedPhoenix } from './support/shared';
import { comparable, shown } from './support/shown-span';

// What one session leaves in Phoenix: every span, as REST and GraphQL show it.

const PROJECT = 'session';

/** A span as GraphQL has it: what the web page shows. */
interface PageSpan {
  name: string;
  spanKind: string;
  spanId: string;
  parentId: string | null;
  statusCode: string;
  statusMessage: string;
  input: Content | null;
  output: Content | null;
  metadata: string;
  events: { name: string; message: string }[];
  trace: { traceId: string; session: { sessionId: string } };
}
interface Content {
  value: string;
  mimeType: string;
}
const FIELDS = `name spanKind spanId parentId statusCode statusMessage metadata
  input { value mimeType } output { value mimeType } events { name message }
  trace { traceId session { sessionId } }`;

const phoenix = sharedPhoenix();
let session: Played & { sessionId: string };
let spans: RestSpan[];
let pageSpans: PageSpan[];

beforeAll(async () => {
  const cli = startTraced({ env: { PHOENIX_PROJECT_NAME: PROJECT } });
  const played = await play(cli, ROWS);
  expect((await cli.end()).code).toBe(0);
  await phoenix.waitForCount(PROJECT, ROWS.length);
  spans = await phoenix.spans(PROJECT);
  pageSpans = await phoenix.spanFields(PROJECT, FIELDS);
  session = { ...played, sessionId: String(spans[0]!.attributes['session.id']) };
});
afterAll(stopAll);

test('there is one span for each row, and nothing more', () => {
  expect(spans).toHaveLength(ROWS.length);
  expect(new Set(spans.map(({ context }) => context.span_id)).size).toBe(ROWS.length);
  expect(pageSpans.map(({ spanId }) => spanId)).toEqual(spans.map((span) => span.context.span_id));
  checked(ROWS.length);
});

describe.each(ROWS.map((row, index) => ({ ...row, index })))('$title', ({ index }) => {
  test('by REST: kind, name, status, event and every attribute', () => {
    expect(comparable(spans[index]!)).toEqual(shown(spanOf(session, index)));
  });

  test('by GraphQL: what the page shows', () => {
    const { name, status, attributes, events } = spanOf(session, index);
    const content = (value: unknown) =>
      value === undefined ? null : { value: String(value), mimeType: 'json' };
    const { metadata, trace, ...span } = pageSpans[index]!;
    expect(span).toEqual({
      name,
      spanKind: String(attributes['openinference.span.kind']).toLowerCase(),
      spanId: spans[index]!.context.span_id,
      parentId: null,
      statusCode: status.code,
      statusMessage: status.message,
      input: content(attributes['input.value']),
      output: content(attributes['output.value']),
      events: events.map((event) => ({ name: event.name, message: status.message })),
    });
    expect(JSON.parse(metadata)).toEqual(attributes['metadata']);
    expect(trace.session.sessionId).toBe(session.sessionId);
  });
});

test('the session holds its traces in order', async () => {
  const path = `/v1/sessions/${session.sessionId}`;
  const { data } = await phoenix.get<{ data: { traces: { trace_id: string }[] } }>(path);
  const traces = spans.map(({ context }) => context.trace_id);
  expect(data.traces.map(({ trace_id }) => trace_id)).toEqual(traces);
  expect(await phoenix.counts(PROJECT)).toEqual({
    recordCount: ROWS.length,
    traceCount: ROWS.length,
    sessionCount: 1,
  });
});

describe('another session', () => {
  let cli: Cli;
  const project = 'another-session';
  beforeAll(async () => {
    cli = startTraced({ env: { PHOENIX_PROJECT_NAME: project } });
    await cli.initialize();
    await phoenix.waitForCount(project, 2);
  });

  test("a client's span is the parent, and its trace goes on", async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const parentId = 'b7ad6b7169203331';
    await cli.call('add', { a: 1, b: 2 }, { traceparent: `00-${traceId}-${parentId}-01` });
    await phoenix.waitForCount(project, 3);
    const span = (await phoenix.spans(project)).at(-1)!;
    expect(span.context.trace_id).toBe(traceId);
    expect(span.parent_id).toBe(parentId);
    checked(1);
  });

  test('a call is seen soon after it is made', async () => {
    const first = 3;
    const millis: number[] = [];
    for (let calls = 1; calls <= 7; calls++) {
      await cli.call('add', { a: calls, b: 1 });
      const at = now();
      const isThere = async () => (await phoenix.counts(project)).recordCount === first + calls;
      await poll(isThere, 5_000, `call ${calls} in Phoenix`);
      millis.push(now() - at);
    }
    const [median] = millis.sort((a, b) => a - b).slice(3);
    process.stderr.write(`A call is in Phoenix after ${median!.toFixed()} ms (median of 7)\n`);
    checked(millis.length);
  });
});
