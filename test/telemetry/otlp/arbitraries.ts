import fc from 'fast-check';
import { LOG_LEVELS } from '../../../src/config/settings';
import { TOOL_ERROR_LABELS, type Operation, type Session } from '../../../src/tap/operation';
import { MAX_SCALAR_ARGUMENTS } from '../../../src/tap/scalar-arguments';
import type { LogEntry } from '../../../src/telemetry/log-entry';

/** Objects as a program makes them. */
const PLAIN = { noNullPrototype: true };
/** Any text of JavaScript's: lone surrogates too. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.string({ minLength: 100, maxLength: 9_000 }),
);
/** The tap leaves out an argument named `__proto__`, as an assignment to it does. */
const argumentName = fc
  .oneof(fc.constantFrom('a', 'b'), text)
  .filter((name) => name !== '__proto__');
const hex = (digits: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: digits, maxLength: digits })
    .map((values) => values.map((value) => value.toString(16)).join(''));
/** Numbers as operations have them: finite. */
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -70, max: 70 }).map((power) => 2 ** power),
  fc.integer({ min: -70, max: 70 }).map((power) => -(2 ** power)),
);
const time = fc.double({ min: 0, max: 8e12, noNaN: true });
const code = fc.integer({ min: -40_000, max: 40_000 });

const traceState = fc.oneof(fc.constantFrom('a=1', 'a=1,b=2', ' '), text);

const link = fc.record(
  { traceId: hex(32), spanId: hex(16), sampled: fc.boolean(), traceState },
  { ...PLAIN, requiredKeys: ['traceId', 'spanId', 'sampled'] },
);

const session: fc.Arbitrary<Session> = fc.record(
  {
    id: text,
    transport: fc.constantFrom('pipe', 'tcp'),
    httpVersion: text,
    clientAddress: text,
    clientPort: fc.integer({ min: 0, max: 0xffff }),
    serverAddress: text,
    serverPort: fc.integer({ min: 0, max: 0xffff }),
    protocolVersion: text,
    clientName: text,
    clientVersion: text,
    serverName: text,
    serverVersion: text,
  },
  { ...PLAIN, requiredKeys: ['transport'] },
);

/** Of arguments the tap keeps one form: numbers of our own tools, scalars of others'. */
const withOneForm = ({ numericArguments, ...operation }: Operation): Operation =>
  operation.scalarArguments || !numericArguments ? operation : { ...operation, numericArguments };

const operation = fc.record(
  {
    kind: fc.constantFrom('request', 'notification', 'invalid'),
    direction: fc.constantFrom('received', 'sent'),
    method: fc.oneof(fc.constantFrom('tools/call', 'tools/list', 'invalid'), text),
    methodKnown: fc.boolean(),
    requestId: text,
    tool: fc.oneof(fc.constantFrom('add', 'divide'), text),
    toolKnown: fc.boolean(),
    traceId: hex(32),
    spanId: hex(16),
    parentSpanId: hex(16),
    traceState,
    link,
    sampled: fc.boolean(),
    startTime: time,
    duration: fc.double({ min: 0, max: 1e9, noNaN: true }),
    session,
    outcome: fc.constantFrom('ok', 'tool_error', 'rejected', 'error', 'cancelled'),
    cutOff: fc.boolean(),
    rpcError: fc.record({ code, message: text }, PLAIN),
    toolError: fc.record({ label: fc.constantFrom(...TOOL_ERROR_LABELS), message: text }, PLAIN),
    argumentsText: text,
    resultText: text,
    numericArguments: fc.dictionary(argumentName, number, PLAIN),
    numericResult: number,
    prompt: text,
    resource: text,
    scalarArguments: fc.dictionary(text, fc.oneof(text, number, fc.boolean()), {
      ...PLAIN,
      maxKeys: MAX_SCALAR_ARGUMENTS,
    }),
  },
  {
    ...PLAIN,
    requiredKeys: [
      'kind',
      'direction',
      'method',
      'methodKnown',
      'toolKnown',
      'traceId',
      'spanId',
      'sampled',
      'startTime',
      'duration',
      'session',
      'outcome',
    ],
  },
) as fc.Arbitrary<Operation>;

export const anyOperation = operation.map(withOneForm);

export const anyEntry: fc.Arbitrary<LogEntry> = fc.record(
  {
    time,
    level: fc.constantFrom(...LOG_LEVELS),
    logger: text,
    message: text,
    traceId: hex(32),
    spanId: hex(16),
    attributes: fc.dictionary(fc.string(), fc.oneof(text, number, fc.double(), fc.boolean())),
  },
  { requiredKeys: ['time', 'level', 'logger', 'message'] },
) as fc.Arbitrary<LogEntry>;
