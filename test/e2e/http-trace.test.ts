import { stopAll } from '../support/cli';
import { ask, keepAlive, type Question } from '../support/http-client';
import { startHttpServer } from '../support/http-server';
import { HttpSession, initializeRequest } from '../support/http-session';
import type { Span } from '../support/otlp-types';
import { startReceiver, type Receiver } from '../support/receiver';
import { call, ping } from './support/lines';

// The trace context of HTTP's headers: the parent of a message that names none of its own in `_meta`,
// and a link of one that does.

const HEADER = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };
const META = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };
type Context = typeof HEADER;

const parentOf = ({ trace, span }: Context, flags = '01') => `00-${trace}-${span}-${flags}`;
const traceparent = parentOf(HEADER);
const meta = (own: object = {}) => ({ _meta: { traceparent: parentOf(META), ...own } });
const link = ({ trace, span }: Context) => ({ traceId: trace, spanId: span, attributes: {} });

const child = ({ trace, span }: Context, more: Partial<Span> = {}) => ({
  ...{ traceId: trace, parentSpanId: span, traceState: '', links: [] },
  ...more,
});
const root = { parentSpanId: '', traceState: '', links: [] };

interface Row {
  headers?: Question['headers'];
  params?: object;
  expected: object;
}

const ROWS: Record<string, Row> = {
  neither: { expected: root },
  'in the headers: the parent': { headers: { traceparent }, expected: child(HEADER) },
  'in the headers, with its state': {
    headers: { traceparent, tracestate: 'a=1,b@v=2' },
    expected: child(HEADER, { traceState: 'a=1,b@v=2' }),
  },
  'in the headers, by another case of names': {
    headers: { TraceParent: traceparent, TRACESTATE: 'a=1' },
    expected: child(HEADER, { traceState: 'a=1' }),
  },
  'in the message: the parent': { params: meta(), expected: child(META) },
  'in both: a link to the headers’': {
    headers: { traceparent, tracestate: 'h=1' },
    params: meta({ tracestate: 'm=1' }),
    expected: child(META, { traceState: 'm=1', links: [link(HEADER)] as never }),
  },
  'the same in both: no link': {
    headers: { traceparent: parentOf(META) },
    params: meta(),
    expected: child(META),
  },
  'malformed in the headers': {
    headers: { traceparent: traceparent.toUpperCase(), tracestate: 'a=1' },
    expected: root,
  },
  'malformed in the headers, beside the message’s': {
    headers: { traceparent: '00-0-0-01' },
    params: meta(),
    expected: child(META),
  },
  'malformed in the message': {
    headers: { traceparent },
    params: { _meta: { traceparent: 'x' } },
    expected: child(HEADER),
  },
  'baggage alone is no parent': { headers: { baggage: 'k=v' }, expected: root },
  'baggage beside it': { headers: { traceparent, baggage: 'k=v' }, expected: child(HEADER) },
};

let receiver: Receiver;
const spanOf = (id: string): Promise<Span> =>
  receiver.waitFor(() =>
    receiver.spans.find(({ attributes }) => attributes['jsonrpc.request.id'] === id),
  );

let url: string;
let session: HttpSession;
beforeAll(async () => {
  receiver = await startReceiver();
  const env = { ...receiver.env, OTEL_BSP_SCHEDULE_DELAY: '50' };
  ({ url } = await startHttpServer({ env }));
  session = await HttpSession.begin(url);
});
afterAll(async () => {
  await stopAll();
  await receiver.close();
});

describe.each([
  ['without a session', (question: Question) => ask(url, question)],
  ['in a session', (question: Question) => session.ask(question)],
])('%s', (where, send) => {
  test.each(Object.entries(ROWS))('%s', async (title, { headers, params, expected }) => {
    const id = `${where}: ${title}`;
    const body = call(id, 'add', { a: 1, b: 2 }, params);
    expect((await send({ body, headers })).status).toBe(200);
    const span = await spanOf(id);
    expect(span).toMatchObject({ name: 'tools/call add', kind: 'SERVER', ...expected });
    expect([HEADER.span, META.span]).not.toContain(span.spanId);
    // It is known, and true, that the parent is remote.
    if (span.parentSpanId !== '') expect(span.flags & 0x301).toBe(0x301);
  });
});

test('each span says on which connection it came', async () => {
  const agents = [keepAlive(1), keepAlive(1)];
  const ports: [string, number][] = [];
  for (const id of ['p0', 'p1', 'p2', 'p3']) {
    const agent = agents[ports.length % 2];
    ports.push([id, (await session.ask({ body: ping(id), agent })).localPort]);
  }
  for (const agent of agents) agent.destroy();
  expect(new Set(ports.map(([, port]) => port)).size).toBe(2);
  for (const [id, port] of ports) expect((await spanOf(id)).attributes['client.port']).toBe(port);
});

test('each message of a batch continues it, or links to it', async () => {
  const body = [ping('b1'), { ...ping('b2'), params: meta() }, call('b3', 'ad', {}), { id: 'b4' }];
  expect((await ask(url, { body, headers: { traceparent } })).status).toBe(200);
  const spans = await Promise.all(['b1', 'b2', 'b3', 'b4'].map(spanOf));
  expect(spans).toMatchObject([
    child(HEADER),
    child(META, { links: [link(HEADER)] as never }),
    child(HEADER),
    child(HEADER, { name: 'invalid' }),
  ]);
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(4);
});

test('initialize, notifications and what is no message continue it as well', async () => {
  const trace = 'c'.repeat(32);
  const headers = { traceparent: `00-${trace}-${HEADER.span}-01` };
  await ask(url, { body: initializeRequest(), headers });
  await ask(url, { body: { jsonrpc: '2.0', method: 'notifications/initialized' }, headers });
  await ask(url, { body: '{"jsonrpc"', headers });
  const ofTrace = () => receiver.spans.filter(({ traceId }) => traceId === trace);
  await receiver.waitFor(() => ofTrace().length === 3);
  expect(ofTrace().map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
    ['initialize', HEADER.span],
    ['notifications/initialized', HEADER.span],
    ['invalid', HEADER.span],
  ]);
});

test('an unsampled one in the headers means no span; in the message it is that which counts', async () => {
  const headers = { traceparent: parentOf(HEADER, '00') };
  await ask(url, { body: ping('unsampled'), headers });
  await ask(url, { body: { ...ping('sampled'), params: meta() }, headers });
  await spanOf('sampled');
  const ids = receiver.spans.map(({ attributes }) => attributes['jsonrpc.request.id']);
  expect(ids).not.toContain('unsampled');
});

test('OTEL_PROPAGATORS=none: headers mean nothing', async () => {
  const env = { ...receiver.env, OTEL_PROPAGATORS: 'none' };
  const server = await startHttpServer({ env });
  await ask(server.url, { body: ping('none'), headers: { traceparent } });
  await server.end();
  expect(await spanOf('none')).toMatchObject(root);
});
