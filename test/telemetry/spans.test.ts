import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { VOCABULARIES, type VocabularyName } from '../../src/config/settings';
import type { Operation } from '../../src/tap/operation';
import { createSpanFactory, type SpanFactoryOptions } from '../../src/telemetry/spans';
import { flatten } from '../support/otlp-decode';
import { decodeRequest } from '../support/otlp-proto';
import { operation, SESSION, SORTS } from './operations';
import { officialSerializers } from './official-serializers';

const TOOL = { description: 'Adds two numbers', parameters: '{"type":"object"}' };
const OPTIONS: SpanFactoryOptions = {
  service: { name: 'calc', version: '1.2.3' },
  vocabularies: VOCABULARIES,
  limits: { valueLength: Infinity, count: 128 },
  resource: resourceFromAttributes({ 'service.name': 'calc' }),
  scope: { name: 'scope', version: '1' },
  tools: new Map([
    ['add', TOOL],
    ['divide', TOOL],
  ]),
};
const spanOf = (op: Operation, options: Partial<SpanFactoryOptions> = {}) =>
  createSpanFactory({ ...OPTIONS, ...options })(op);
const attributesOf = (op: Operation, vocabulary: VocabularyName) =>
  spanOf(op, { vocabularies: [vocabulary] }).attributes;

type Sort = keyof typeof SORTS;

describe('name, kind and status', () => {
  const { SERVER, CLIENT } = SpanKind;
  test.each<[Sort, string, SpanKind, string | undefined]>([
    ['call', 'tools/call add', SERVER, undefined],
    ['toolError', 'tools/call divide', SERVER, 'Division by zero'],
    ['unknownTool', 'tools/call', SERVER, undefined],
    ['namelessTool', 'tools/call', SERVER, undefined],
    ['cancelled', 'tools/call add', SERVER, undefined],
    ['cutOff', 'tools/call add', SERVER, 'the connection ended before the answer'],
    ['internal', 'tools/call add', SERVER, 'it broke'],
    ['list', 'tools/list', SERVER, undefined],
    ['notification', 'notifications/initialized', SERVER, undefined],
    ['unknownMethod', '_OTHER', SERVER, undefined],
    ['unparsable', 'invalid', SERVER, undefined],
    ['notFound', 'resources/read', SERVER, undefined],
    ['sent', 'roots/list', CLIENT, undefined],
    ['sentRefused', 'sampling/createMessage', CLIENT, 'no'],
  ])('%s', (sort, name, kind, message) => {
    const span = spanOf(SORTS[sort]);
    expect(span).toMatchObject({ name, kind });
    expect(span.status).toEqual(
      message === undefined
        ? { code: SpanStatusCode.UNSET }
        : { code: SpanStatusCode.ERROR, message },
    );
  });

  test('a tool that failed has an exception event at its end', () => {
    const span = spanOf(SORTS.toolError);
    expect(span.events).toEqual([
      {
        name: 'exception',
        time: span.endTime,
        attributes: {
          'exception.type': 'division_by_zero',
          'exception.message': 'Division by zero',
        },
        droppedAttributesCount: 0,
      },
    ]);
    expect(spanOf(SORTS.internal).events).toEqual([]);
  });

  test('where content is off, the label stands for the message', () => {
    const toolError = { label: 'invalid_args', message: '' } as const;
    const span = spanOf(operation({ outcome: 'tool_error', toolError }));
    expect(span.status.message).toBe('invalid_args');
    expect(span.events[0]?.attributes).toEqual({ 'exception.type': 'invalid_args' });
  });

  test('a server fault without a message is told by its code', () => {
    const span = spanOf(operation({ outcome: 'error', rpcError: { code: -32603, message: '' } }));
    expect(span.status.message).toBe('-32603');
  });
});

describe('semconv: the rules of the MCP convention, on every sort of operation', () => {
  const KEYS = [
    'mcp.method.name',
    'gen_ai.tool.name',
    'gen_ai.operation.name',
    'jsonrpc.request.id',
    'rpc.response.status_code',
    'error.type',
  ];
  const none = undefined;
  test.each<[Sort, ...(string | undefined)[]]>([
    ['call', 'tools/call', 'add', 'execute_tool', '7', none, none],
    ['toolError', 'tools/call', 'divide', 'execute_tool', '7', none, 'tool_error'],
    ['unknownTool', 'tools/call', 'evil\nname', 'execute_tool', '7', '-32602', none],
    ['namelessTool', 'tools/call', none, 'execute_tool', '7', '-32602', none],
    ['cancelled', 'tools/call', 'add', 'execute_tool', '7', none, 'cancelled'],
    ['cutOff', 'tools/call', 'add', 'execute_tool', '7', none, '_OTHER'],
    ['internal', 'tools/call', 'add', 'execute_tool', '7', '-32603', '-32603'],
    ['list', 'tools/list', none, none, '7', none, none],
    ['notification', 'notifications/initialized', none, none, none, none, none],
    ['unknownMethod', 'evil/\u001b[31m', none, none, '7', '-32601', none],
    ['unparsable', 'invalid', none, none, none, '-32700', none],
    ['notFound', 'resources/read', none, none, '7', '-32002', none],
    ['sentRefused', 'sampling/createMessage', none, none, '7', '-32602', '-32602'],
  ])('%s', (sort, ...expected) => {
    const attributes = attributesOf(SORTS[sort], 'semconv');
    expect(KEYS.map((key) => attributes[key])).toEqual(expected);
    expect(attributes).toMatchObject({
      'mcp.session.id': 'session-1',
      'mcp.protocol.version': '2025-11-25',
      'network.transport': 'pipe',
    });
  });

  test('content, and nothing in its place where it is off', () => {
    expect(attributesOf(SORTS.call, 'semconv')).toMatchObject({
      'gen_ai.tool.call.arguments': '{"a":1,"b":"2.5"}',
      'gen_ai.tool.call.result': '{"result":"3.5","exact":true}',
    });
    const keys = Object.keys(attributesOf(operation(), 'semconv'));
    expect(keys.filter((key) => key.startsWith('gen_ai.tool.call'))).toEqual([]);
  });

  const network = (op: Operation) =>
    Object.entries(attributesOf(op, 'semconv')).filter(([key]) =>
      /^(network|client|server)\./.test(key),
    );

  test('before initialize no version is known', () => {
    const session = { id: 's', transport: 'pipe' } as const;
    const attributes = attributesOf(operation({ session }), 'semconv');
    expect(attributes['mcp.session.id']).toBe('s');
    expect(attributes).not.toHaveProperty('mcp.protocol.version');
  });

  test('over HTTP: the protocol and both ends', () => {
    expect(network(SORTS.overHttp)).toEqual([
      ['network.transport', 'tcp'],
      ['network.protocol.name', 'http'],
      ['network.protocol.version', '1.1'],
      ['client.address', '127.0.0.1'],
      ['client.port', 50_123],
      ['server.address', '::1'],
      ['server.port', 8100],
    ]);
  });

  test('on stdio, and where a transport of another’s is observed: what carries the messages alone', () => {
    expect(network(SORTS.call)).toEqual([['network.transport', 'pipe']]);
    const session = { id: 's', transport: 'tcp' } as const;
    expect(network(operation({ session }))).toEqual([['network.transport', 'tcp']]);
  });

  test('names that a peer chose stay short', () => {
    const long = 'x'.repeat(10_000);
    const attributes = attributesOf(
      operation({ method: long, methodKnown: false, requestId: long, tool: long }),
      'semconv',
    );
    for (const key of ['mcp.method.name', 'jsonrpc.request.id', 'gen_ai.tool.name']) {
      expect(attributes[key]).toHaveLength(128);
    }
  });
});

describe('calculator', () => {
  const shared = {
    'mcp.session_id': 'session-1',
    'mcp.protocol_version': '2025-11-25',
    'mcp.client.name': 'a client',
    'mcp.client.version': '3.1',
    'service.name': 'calc',
    'service.version': '1.2.3',
  };
  const call = { 'mcp.method': 'tools/call', ...shared };
  test.each<[Sort, object]>([
    [
      'call',
      {
        ...call,
        'mcp.tool.name': 'add',
        'mcp.tool.arg.a': 1,
        'mcp.tool.arg.b': 2.5,
        'mcp.tool.result': 3.5,
        'mcp.tool.error': false,
      },
    ],
    [
      'toolError',
      {
        ...call,
        'mcp.tool.name': 'divide',
        'mcp.tool.error': true,
        'mcp.tool.error_label': 'division_by_zero',
      },
    ],
    ['namelessTool', { ...call, 'mcp.tool.error': false }],
    ['cancelled', { ...call, 'mcp.tool.name': 'add', 'mcp.tool.error': false }],
    ['list', { 'mcp.method': 'tools/list', ...shared }],
    ['unparsable', { 'mcp.method': 'invalid', ...shared }],
  ])('%s', (sort, expected) => {
    expect(attributesOf(SORTS[sort], 'calculator')).toEqual(expected);
  });

  test('the wrapped server', () => {
    const session = { ...SESSION, serverName: 'other', serverVersion: '9' };
    expect(attributesOf(operation({ session }), 'calculator')).toMatchObject({
      'mcp.server.name': 'other',
      'mcp.server.version': '9',
    });
  });
});

describe('openinference', () => {
  const metadata = JSON.stringify({
    service: { name: 'calc', version: '1.2.3' },
    client: { name: 'a client', version: '3.1' },
    protocol: '2025-11-25',
  });
  test('a call', () => {
    expect(attributesOf(SORTS.call, 'openinference')).toEqual({
      'openinference.span.kind': 'TOOL',
      'session.id': 'session-1',
      'input.value': '{"a":1,"b":"2.5"}',
      'input.mime_type': 'application/json',
      'output.value': '{"result":"3.5","exact":true}',
      'output.mime_type': 'application/json',
      'tool.name': 'add',
      'tool.description': 'Adds two numbers',
      'tool.parameters': '{"type":"object"}',
      metadata,
    });
  });
  test.each<[Sort, string]>([
    ['unknownTool', 'TOOL'],
    ['list', 'CHAIN'],
    ['unparsable', 'CHAIN'],
  ])('%s: no tool that is not known, no content that is not there', (sort, kind) => {
    expect(attributesOf(SORTS[sort], 'openinference')).toEqual({
      'openinference.span.kind': kind,
      'session.id': 'session-1',
      metadata,
    });
  });
  test('content that was cut is text', () => {
    const cut = operation({ argumentsText: '{"a":"11…', resultText: '{"result":"1"}' });
    expect(attributesOf(cut, 'openinference')).toMatchObject({
      'input.mime_type': 'text/plain',
      'output.mime_type': 'application/json',
    });
    const limits = { valueLength: 10, count: 128 };
    const limited = spanOf(cut, { limits, vocabularies: ['openinference'] }).attributes;
    expect(limited).toMatchObject({
      'input.mime_type': 'text/plain',
      'output.value': '{"result":',
      'output.mime_type': 'text/plain',
    });
  });
});

test.each(VOCABULARIES)('%s: a request that belongs to no session has no session id', (name) => {
  const KEYS = ['mcp.session_id', 'mcp.session.id', 'session.id'];
  const idsOf = (op: Operation) =>
    KEYS.map((key) => attributesOf(op, name)[key]).filter((id) => id !== undefined);
  expect(idsOf(SORTS.overHttp)).toEqual(['session-1']);
  expect(idsOf(SORTS.oneShot)).toEqual([]);
});

describe('limits', () => {
  test('valueLength cuts every string, messages too', () => {
    const span = spanOf(SORTS.toolError, { limits: { valueLength: 5, count: 128 } });
    const texts = [
      ...Object.values(span.attributes),
      ...Object.values(span.events[0]!.attributes!),
      span.status.message,
    ].filter((value) => typeof value === 'string');
    expect(texts.every((text) => text.length <= 5)).toBe(true);
    expect(span.status.message).toBe('Divis');
  });
  test('count drops the rest, and says how many; what was asked for comes first', () => {
    const all = Object.keys(spanOf(SORTS.call).attributes).length;
    const span = spanOf(SORTS.call, { limits: { valueLength: Infinity, count: 3 } });
    expect(Object.keys(span.attributes)).toEqual([
      'mcp.method',
      'mcp.tool.name',
      'mcp.method.name',
    ]);
    expect(span.droppedAttributesCount).toBe(all - 3);
  });
  test('no half of a surrogate pair', () => {
    const span = spanOf(operation({ argumentsText: '"😀😀"' }), {
      limits: { valueLength: 2, count: 128 },
    });
    expect(span.attributes['input.value']).toBe('"');
  });
  test('a message is held to what content is held to', () => {
    const toolError = { label: 'internal', message: 'x'.repeat(100_000) } as const;
    const span = spanOf(operation({ outcome: 'tool_error', toolError }));
    expect(span.status.message).toHaveLength(4096);
  });
});

test('the official serializer writes what the span says', () => {
  const op = operation({
    ...SORTS.toolError,
    parentSpanId: '00f067aa0ba902b7',
    traceState: 'a=1,b=2',
    numericArguments: { a: 1e300, b: -5 },
    startTime: 1_700_000_000_999.75,
    duration: 1234.5,
  });
  const bytes = officialSerializers().ProtobufTraceSerializer.serializeRequest([spanOf(op)]);
  const [span] = flatten('traces', decodeRequest('traces', bytes)).spans;
  expect(span).toMatchObject({
    name: 'tools/call divide',
    kind: 'SERVER',
    traceId: op.traceId,
    spanId: op.spanId,
    parentSpanId: '00f067aa0ba902b7',
    traceState: 'a=1,b=2',
    // Sampled; the parent's locality is known, and it is remote.
    flags: 0x301,
    status: { code: 'ERROR', message: 'Division by zero' },
    attributes: { 'mcp.tool.arg.a': 1e300, 'mcp.tool.arg.b': -5, 'mcp.tool.error': true },
    resource: { 'service.name': 'calc' },
    scope: { name: 'scope', version: '1' },
    droppedAttributes: 0,
  });
  expect(span!.end - span!.start).toBe(1_234_500_000n);
  expect(span!.events[0]).toMatchObject({ name: 'exception', time: span!.end });
});

test('a span is linked to that of what carried the message', () => {
  expect(spanOf(SORTS.call).links).toEqual([]);
  const op = operation({ link: { ...SORTS.linked.link!, traceState: 'a=1' } });
  const bytes = officialSerializers().ProtobufTraceSerializer.serializeRequest([spanOf(op)]);
  const [span] = flatten('traces', decodeRequest('traces', bytes)).spans;
  const { traceId, spanId } = SORTS.linked.link!;
  expect(span!.links).toEqual([{ traceId, spanId, attributes: {} }]);
  const [link] = spanOf(op).links;
  expect(link!.context.traceState?.serialize()).toBe('a=1');
  expect(link!.context).toMatchObject({ isRemote: true, traceFlags: 1 });
});

test('a root span has no parent, and one that is not sampled says so', () => {
  const span = spanOf(operation({ sampled: false }));
  expect(span.parentSpanContext).toBeUndefined();
  expect(span.spanContext().traceFlags).toBe(0);
});

test('a later Session object is told, an equal one costs nothing', () => {
  const factory = createSpanFactory(OPTIONS);
  factory(operation({ session: { id: 's', transport: 'pipe' } }));
  const later = factory(operation());
  expect(later.attributes['mcp.client.name']).toBe('a client');
});
