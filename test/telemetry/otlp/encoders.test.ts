import fc from 'fast-check';
import {
  VOCABULARIES,
  type AttributeLimits,
  type VocabularyName,
} from '../../../src/config/settings';
import type { Operation } from '../../../src/tap/operation';
import type { LogEntry } from '../../../src/telemetry/log-entry';
import { createLogRecordFactory } from '../../../src/telemetry/log-records';
import { createLogEncoder } from '../../../src/telemetry/otlp/log-encoder';
import { RequestPacker } from '../../../src/telemetry/otlp/request-packer';
import { createSpanEncoder } from '../../../src/telemetry/otlp/span-encoder';
import { createResource } from '../../../src/telemetry/resource';
import { createSpanFactory } from '../../../src/telemetry/spans';
import { requestLogEntry } from '../../../src/telemetry/request-log';
import { decodeRequest } from '../../support/otlp-proto';
import { officialSerializers } from '../official-serializers';
import { OBSERVED_SESSION, operation, SESSION, SORTS } from '../operations';
import { anyEntry, anyOperation } from './arbitraries';
import { ToolCatalogue } from '../../../src/telemetry/vocabularies/tool-catalogue';

// Our encoders against OpenTelemetry's serializers: byte for byte, and readable to protobufjs.

const official = officialSerializers();
const TOOL = { description: 'Adds “two” numbers', parameters: '{"type":"object"}' };
const resource = createResource({
  settings: {
    serviceName: 'calc',
    serviceVersion: '1',
    phoenixProject: 'ü',
    resourceAttributes: { ['k'.repeat(300)]: 'long key' },
  },
  instanceId: 'i',
  protocolVersion: 'p',
});
const origin = { resource, scope: { name: 'scope', version: '1' } };
const UNLIMITED: AttributeLimits = { valueLength: Infinity, count: 128 };
const optionsOf = (limits: AttributeLimits, vocabularies: readonly VocabularyName[]) => ({
  service: { name: 'calc', version: '1.2.3' },
  tools: new ToolCatalogue(
    new Map([
      ['add', TOOL],
      ['divide', TOOL],
    ]),
  ),
  vocabularies,
  limits,
  ...origin,
});

function expectSame(ours: Uint8Array, theirs: Uint8Array, signal: 'traces' | 'logs'): void {
  const decoded = decodeRequest(signal, Buffer.from(ours));
  if (Buffer.compare(ours, theirs) === 0) return;
  // In words, and where that tells nothing, in bytes.
  expect(decoded).toEqual(decodeRequest(signal, Buffer.from(theirs)));
  expect(Buffer.from(ours)).toEqual(Buffer.from(theirs));
}

function expectSameSpans(
  ops: readonly Operation[],
  limits = UNLIMITED,
  vocabularies: readonly VocabularyName[] = VOCABULARIES,
): void {
  const options = optionsOf(limits, vocabularies);
  const packer = new RequestPacker(origin, createSpanEncoder(options));
  // Twice: what was encoded once is then used again.
  for (let round = 0; round < 2; round++) {
    for (const op of ops) packer.add(op);
    const { body, count } = packer.pack();
    expect(count).toBe(ops.length);
    const spans = ops.map(createSpanFactory(options));
    expectSame(body, official.ProtobufTraceSerializer.serializeRequest(spans), 'traces');
  }
}

function expectSameLogs(entries: readonly LogEntry[], limits = UNLIMITED): void {
  const packer = new RequestPacker(origin, createLogEncoder(limits));
  for (const entry of entries) packer.add(entry);
  const records = entries.map(createLogRecordFactory({ ...origin, limits }));
  const expected = official.ProtobufLogsSerializer.serializeRequest(records);
  expectSame(packer.pack().body, expected, 'logs');
}

const SUBSETS: VocabularyName[][] = Array.from({ length: 2 ** VOCABULARIES.length }, (_, bits) =>
  VOCABULARIES.filter((_, i) => bits & (1 << i)),
);
const LIMITS: AttributeLimits[] = [
  UNLIMITED,
  { valueLength: Infinity, count: 5 },
  { valueLength: 3, count: 128 },
  { valueLength: 0, count: 0 },
];
const LINK = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '53995c3f42cd8ad8',
  sampled: true,
};
const PARENT = { parentSpanId: '00f067aa0ba902b7', traceState: 'a=1,b=2' };

test.each(SUBSETS.map((names) => [names.join(' '), names] as const))(
  'spans of every sort, in the words of: %s',
  (_, names) => {
    for (const limits of LIMITS) expectSameSpans(Object.values(SORTS), limits, names);
  },
);

const sixteen = Object.fromEntries(
  Array.from({ length: 16 }, (_, i) => [`${i}`.padStart(128, 'ü'), 'ü'.repeat(256)]),
);

test.each<[string, Parameters<typeof operation>[0]]>([
  ['a parent', PARENT],
  ['a trace state that is none', { ...PARENT, traceState: '=,=' }],
  ['a link', { ...PARENT, link: LINK }],
  ['a link that is not sampled', { link: { ...LINK, sampled: false } }],
  ['a link with a trace state', { link: { ...LINK, traceState: 'a=1,b=2' } }],
  ['a link with a long one', { link: { ...LINK, traceState: `a=${'x'.repeat(256)}` } }],
  ['a link with one that is none', { link: { ...LINK, traceState: '=,=' } }],
  ['not sampled', { sampled: false }],
  ['empty texts', { argumentsText: '', resultText: '', requestId: '' }],
  ['lone surrogates', { argumentsText: 'a\ud800', resultText: '\udc00b', requestId: '\ud83d' }],
  ['a long text', { argumentsText: 'x'.repeat(100_000), resultText: 'ü'.repeat(20_000) }],
  ['numbers', { numericArguments: { a: -0, b: 2 ** 62 }, numericResult: -(2 ** 63) }],
  ['larger numbers', { numericArguments: { a: 2 ** 63, b: -(2 ** 40) }, numericResult: 2 ** 1000 }],
  ['negative numbers', { numericArguments: { a: -1, b: -(2 ** 32) }, numericResult: -1_000_000 }],
  ['small numbers', { numericArguments: { a: 5e-324, b: -1e-9 }, numericResult: 127 }],
  ['scalars', { scalarArguments: { a: 'x', n: -0.5, big: 2 ** 63, yes: true, no: false } }],
  [
    'scalars under any names',
    { scalarArguments: { '': '', ü: 'ü', '1': 1, a: 2, 'a\ud800': 'b' } },
  ],
  ['scalars under names with a meaning', { scalarArguments: JSON.parse('{"__proto__":1,"a":2}') }],
  ['sixteen scalars of full length', { scalarArguments: sixteen }],
  ['a prompt', { prompt: 'ü'.repeat(128) }],
  ['a resource', { resource: `file:///${'x'.repeat(1_000)}\ud83d` }],
  ['an observed server', { session: OBSERVED_SESSION }],
  ['one without a version', { session: { ...SESSION, serverName: 'mcp-time' } }],
  ['a time that rounds up to a second', { startTime: 1_700_000_000_999.999, duration: 0.0002 }],
  ['the year 2100', { startTime: 4_102_444_800_000.5, duration: 1e9 }],
])('a span with %s', (_, changes) => {
  const { numericArguments, ...call } = SORTS.call;
  const { scalarArguments = undefined } = changes as Partial<Operation>;
  expectSameSpans([
    operation({ ...call, ...(!scalarArguments && { numericArguments }), ...changes }),
  ]);
});

describe('what is learned of a tool', () => {
  const call = operation({ tool: 'later' });
  const other = operation({ tool: 'add' });
  const describe = (description: string) =>
    new Map([['later', { description, parameters: '{"a":1}' }]]);

  test('is on later spans, and on those only', () => {
    const options = optionsOf(UNLIMITED, VOCABULARIES);
    const packer = new RequestPacker(origin, createSpanEncoder(options));
    const texts: string[] = [];
    for (const description of ['', 'first words', 'other words']) {
      if (description !== '') options.tools.add(describe(description));
      // Twice: what was encoded once is then used again.
      for (let round = 0; round < 2; round++) {
        for (const op of [call, other]) packer.add(op);
        const { body } = packer.pack();
        const spans = [call, other].map(createSpanFactory(options));
        expectSame(body, official.ProtobufTraceSerializer.serializeRequest(spans), 'traces');
        texts.push(Buffer.from(body).toString('latin1'));
      }
    }
    const saying = (words: string) => texts.map((text) => text.includes(words));
    expect(saying('first words')).toEqual([false, false, true, true, false, false]);
    expect(saying('other words')).toEqual([false, false, false, false, true, true]);
    // The other tool keeps its own.
    expect(saying('Adds ')).toEqual(Array(6).fill(true));
  });
});

test('spans of any kind', () => {
  fc.assert(
    fc.property(
      fc.array(anyOperation, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...LIMITS),
      fc.constantFrom(...SUBSETS),
      (ops, limits, names) => expectSameSpans(ops, limits, names),
    ),
    { numRuns: 300 },
  );
});

test('log records of every sort', () => {
  const entries = Object.values(SORTS).map((op) => requestLogEntry(op, 'calc'));
  for (const limits of LIMITS) expectSameLogs(entries, limits);
});

test('log records of any kind', () => {
  fc.assert(
    fc.property(
      fc.array(anyEntry, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...LIMITS),
      (entries, limits) => expectSameLogs(entries, limits),
    ),
    { numRuns: 300 },
  );
});

test('a record that cannot be encoded leaves nothing behind', () => {
  const options = optionsOf(UNLIMITED, VOCABULARIES);
  const packer = new RequestPacker(origin, createSpanEncoder(options));
  packer.add(SORTS.call);
  const broken = { ...SORTS.call, argumentsText: null } as unknown as Operation;
  expect(() => packer.add(broken)).toThrow();
  packer.add(SORTS.list);
  const spans = [SORTS.call, SORTS.list].map(createSpanFactory(options));
  const { body, count } = packer.pack();
  expect(count).toBe(2);
  expectSame(body, official.ProtobufTraceSerializer.serializeRequest(spans), 'traces');
});

describe('memory', () => {
  const options = optionsOf(UNLIMITED, VOCABULARIES);
  let packer: RequestPacker<Operation>;
  beforeEach(() => (packer = new RequestPacker(origin, createSpanEncoder(options))));
  /** A request of so many spans. */
  const packed = (count: number, op: Operation = SORTS.call) => {
    for (let i = 0; i < count; i++) packer.add(op);
    return packer.pack();
  };

  test('of a sent request is written to again, and of no other', () => {
    const [first, second] = [packed(500), packed(500)];
    const bytes = Buffer.from(second.body);
    packer.release(first);
    const other = { ...SORTS.call, spanId: 'e'.repeat(16) };
    packed(500, other); // to what was taken when the second was packed
    expect(packed(500, other).memory).toBe(first.memory);
    expect(bytes.equals(second.body)).toBe(true);
    expect(second.size).toBe(second.memory!.length);
  });

  test('is not kept by a small request', () => {
    const small = packed(1);
    expect(small.memory).toBeUndefined();
    expect(small.size).toBe(small.body.length);
    expect(small.body.buffer.byteLength).toBe(small.body.length);
  });

  test('that one large content has taken is not kept', () => {
    const large = packed(2_000, { ...SORTS.call, resultText: 'x'.repeat(4_096) });
    packer.release(large);
    for (let i = 0; i < 3; i++) expect(packed(500).memory).not.toBe(large.memory);
  });
});
