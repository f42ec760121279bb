import { ChildCalls } from './child-call';
import { startReceiver, type Receiver } from './receiver';

// What official-exporters.ts sends.
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const START = 1_800_000_000_123_456_789n;
const END = 1_800_000_001_000_000_005n;

let receiver: Receiver;
beforeEach(async () => void (receiver = await startReceiver()));
afterEach(() => receiver.close());

const exporters = new ChildCalls('official-exporters.ts');
afterAll(() => exporters.stop());
/** Sends spans of these names through the official exporter; tells whether it counts as sent. */
const sendSpans = (names: string[], options = {}): Promise<boolean> =>
  exporters.call('spans', receiver.url, names, { timeoutMillis: 500, ...options });

describe('decoding', () => {
  test('a span', async () => {
    expect(await sendSpans(['tools/call add'])).toBe(true);
    expect(receiver.spans).toEqual([
      {
        name: 'tools/call add',
        kind: 'SERVER',
        traceId: TRACE_ID,
        spanId: SPAN_ID,
        parentSpanId: '00f067aa0ba902b7',
        traceState: '',
        flags: expect.any(Number),
        start: START,
        end: END,
        status: { code: 'ERROR', message: 'division by zero' },
        attributes: {
          text: 'ü',
          int: 5,
          double: 0.5,
          yes: true,
          list: ['a', 'b'],
          big: 2 ** 53 - 1,
        },
        events: [
          {
            name: 'exception',
            time: END,
            attributes: { 'exception.type': 'E' },
          },
        ],
        links: [],
        droppedAttributes: 0,
        resource: { 'service.name': 'a service' },
        scope: { name: 'a scope', version: '1', attributes: {} },
        schemaUrl: '',
      },
    ]);
    expect(receiver.requests).toMatchObject([
      { method: 'POST', path: '/v1/traces', signal: 'traces', encoding: 'identity', status: 200 },
    ]);
  });

  test('a histogram', async () => {
    await exporters.call('histogram', receiver.url);
    expect(receiver.latest('mcp.requests.duration')).toMatchObject([
      {
        type: 'histogram',
        unit: 'ms',
        temporality: 'cumulative',
        attributes: { method: 'ping' },
        start: START,
        time: END,
        count: 4,
        sum: 9.5,
        bucketCounts: [3, 0, 1],
        bounds: [1, 2],
        resource: { 'service.name': 'a service' },
      },
    ]);
  });

  test('a log record', async () => {
    await exporters.call('log', receiver.url);
    expect(receiver.logs).toMatchObject([
      {
        body: 'a line',
        severityNumber: 13,
        severityText: 'WARN',
        time: START,
        attributes: { logger: 'calculator' },
        traceId: TRACE_ID,
        spanId: SPAN_ID,
      },
    ]);
  });

  test('gzip', async () => {
    await sendSpans(['a'], { compression: 'gzip' });
    expect(receiver.spans).toHaveLength(1);
    const [request] = receiver.requests;
    expect(request).toMatchObject({ encoding: 'gzip', error: undefined });
    expect(request!.bytes).not.toBe(request!.decodedBytes);
  });

  test('bytes that are no OTLP are refused and kept as an error', async () => {
    const response = await post(Buffer.alloc(40, 0xff));
    expect(response.status).toBe(400);
    expect(receiver.requests).toMatchObject([{ error: expect.any(String), status: 400 }]);
  });
});

const post = (body: Buffer): Promise<Response> =>
  fetch(`${receiver.url}/v1/traces`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { 'Content-Type': 'application/x-protobuf' },
  });

describe('behaviours', () => {
  test('partial success takes the rest and says what was refused', async () => {
    receiver.behave({ kind: 'partial', rejected: 2, message: 'too old' });
    await sendSpans(['a', 'b', 'c']);
    expect(receiver.spans.map(({ name }) => name)).toEqual(['a']);
    const answer = Buffer.from(await (await post(Buffer.alloc(0))).arrayBuffer());
    // Field 1 holds field 1 (rejected_spans) = 2 and field 2 (error_message).
    expect(answer).toEqual(Buffer.from([0x0a, 11, 0x08, 2, 0x12, 7, ...Buffer.from('too old')]));
  });

  test('a status for the next requests, then as before', async () => {
    receiver.behave({ kind: 'status', status: 429, retryAfter: 7, body: 'slow' }, { times: 1 });
    const first = await post(Buffer.alloc(0));
    expect([first.status, first.headers.get('retry-after'), await first.text()]).toEqual([
      429,
      '7',
      'slow',
    ]);
    expect((await post(Buffer.alloc(0))).status).toBe(200);
  });

  test.each(['hang', 'drip', 'close'] as const)('%s: nothing is taken', async (kind) => {
    receiver.behave({ kind }, { signal: 'traces' });
    expect(await sendSpans(['a'])).toBe(false);
    await receiver.waitFor(({ requests }) => requests.length > 0);
    expect(receiver.requests[0]!.decoded.spans).toHaveLength(1);
    expect(receiver.spans).toEqual([]);
  });

  test('a delay', async () => {
    receiver.behave({ kind: 'accept', delayMs: 80 });
    const began = Date.now();
    await sendSpans(['a']);
    expect(Date.now() - began).toBeGreaterThanOrEqual(79);
    expect(receiver.spans).toHaveLength(1);
  });

  test('a client that gave up is not counted as served', async () => {
    receiver.behave({ kind: 'accept', delayMs: 400 });
    await sendSpans(['a'], { timeoutMillis: 100 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(receiver.spans).toEqual([]);
  });

  test('refuse, and listen again on the same port', async () => {
    const { url } = receiver;
    await receiver.refuse();
    await expect(post(Buffer.alloc(0))).rejects.toThrow();
    await receiver.listen();
    expect(receiver.url).toBe(url);
    await sendSpans(['a']);
    expect(receiver.spans).toHaveLength(1);
  });

  test('waitFor tells what came instead', async () => {
    await post(Buffer.alloc(0));
    const wait = receiver.waitFor(({ spans }) => spans.length > 0, 20);
    await expect(wait).rejects.toThrow(/not met in 20 ms[^]*\/v1\/traces 200/);
  });
});
