import { stopAll } from '../support/cli';
import type { Attributes, Span } from '../support/otlp-types';
import { run, type Run } from './support/run';

// OTEL_ATTRIBUTE_* and OTEL_SPAN_ATTRIBUTE_*, and the cut of long content, by what arrives.

afterEach(stopAll);

const texts = (attributes: Attributes): string[] =>
  Object.values(attributes).filter((value) => typeof value === 'string');
const longest = (attributes: Attributes): number =>
  Math.max(...texts(attributes).map(({ length }) => length));
const callOf = ({ receiver }: Run): Span =>
  receiver.spans.find(({ name }) => name.startsWith('tools/call'))!;

test.each([
  ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', 9, 9],
  ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 9, 10],
])('%s cuts every value', async (name, onSpans, onLogs) => {
  const finished = await run({ env: { [name]: '9' } }, async (cli) => {
    await cli.initialize();
    await cli.call('divide', { a: 1, b: 0 });
  });
  const span = callOf(finished);
  expect(longest(span.attributes)).toBe(onSpans);
  expect(span.attributes).toMatchObject({
    'tool.name': 'divide',
    'input.value': '{"a":1,"b',
    'mcp.method': 'tools/cal',
    'mcp.tool.arg.a': 1,
  });
  expect(longest(span.events[0]!.attributes)).toBe(9);
  expect(span.status.message.length).toBeLessThanOrEqual(9);
  const log = finished.receiver.logs.find(({ spanId }) => spanId === span.spanId)!;
  expect(String(log.attributes['method'])).toBe('tools/call'.slice(0, onLogs));
  expect(log.body).toMatch(/^tools\/call divide tool_error/);
});

test('the span’s own limit beats the general one', async () => {
  const env = {
    OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '5',
    OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '8',
    OTEL_ATTRIBUTE_COUNT_LIMIT: '2',
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '6',
  };
  const finished = await run({ env });
  const span = callOf(finished);
  const log = finished.receiver.logs[0]!;
  expect([longest(span.attributes), longest(log.attributes)]).toEqual([8, 5]);
  expect(Object.keys(span.attributes)).toHaveLength(6);
  expect(Object.keys(log.attributes)).toHaveLength(2);
});

test.each(['OTEL_ATTRIBUTE_COUNT_LIMIT', 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT'])(
  '%s leaves the rest out and counts it',
  async (name) => {
    const [whole, cut] = await Promise.all([run(), run({ env: { [name]: '4' } })]);
    const all = Object.keys(callOf(whole).attributes);
    const span = callOf(cut);
    expect(Object.keys(span.attributes)).toEqual(all.slice(0, 4));
    expect(span.droppedAttributes).toBe(all.length - 4);
  },
);

test('content of more than 4,096 characters is cut, and is then no JSON', async () => {
  const finished = await run({}, (cli) => cli.call('add', { a: '1'.repeat(9_000), b: '1' }));
  const { attributes } = callOf(finished);
  for (const [semconv, openinference] of [
    ['gen_ai.tool.call.arguments', 'input'],
    ['gen_ai.tool.call.result', 'output'],
  ]) {
    const text = String(attributes[`${openinference}.value`]);
    expect(text).toHaveLength(4_096);
    expect(text).toMatch(/…$/);
    expect(attributes[semconv!]).toBe(text);
    expect(attributes[`${openinference}.mime_type`]).toBe('text/plain');
  }
  expect(attributes).not.toHaveProperty(['mcp.tool.arg.a']);
  expect(attributes['mcp.tool.arg.b']).toBe(1);
  expect(attributes).not.toHaveProperty(['mcp.tool.result']);
});

test('names that the caller chose are kept to 128 characters', async () => {
  const name = 'x'.repeat(1_000);
  const finished = await run({}, async (cli) => {
    await cli.call(name, {});
    await cli.request(name);
  });
  const [call, method] = finished.receiver.spans;
  const cut = `${'x'.repeat(127)}…`;
  expect(call!.attributes).toMatchObject({ 'mcp.tool.name': cut, 'gen_ai.tool.name': cut });
  expect(method!.attributes).toMatchObject({ 'mcp.method': cut, 'mcp.method.name': cut });
  expect([call!.name, method!.name]).toEqual(['tools/call', '_OTHER']);
});
