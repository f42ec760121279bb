import { resourceFromAttributes } from '@opentelemetry/resources';
import { createFormat, type LogEntry } from '../../src/telemetry/log-entry';
import { createLogRecordFactory } from '../../src/telemetry/log-records';
import { requestLogEntry } from '../../src/telemetry/request-log';
import type { LogLevel } from '../../src/config/settings';
import { flatten } from '../support/otlp-decode';
import { decodeRequest } from '../support/otlp-proto';
import { officialSerializers } from './official-serializers';
import { operation, SORTS } from './operations';

const formatText = createFormat('text');
const formatJson = createFormat('json');

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

describe('the line of a request', () => {
  test.each<[keyof typeof SORTS, LogLevel, string]>([
    ['call', 'info', 'tools/call add ok 0.12 ms'],
    ['toolError', 'warn', 'tools/call divide tool_error division_by_zero 0.12 ms'],
    ['unknownTool', 'info', 'tools/call _OTHER rejected -32602 0.12 ms'],
    ['namelessTool', 'info', 'tools/call _OTHER rejected -32602 0.12 ms'],
    ['cancelled', 'info', 'tools/call add cancelled 601.20 ms'],
    ['cutOff', 'error', 'tools/call add error cut_off 0.12 ms'],
    ['internal', 'error', 'tools/call add error -32603 0.12 ms'],
    ['list', 'info', 'tools/list ok 0.12 ms'],
    ['notification', 'debug', 'notifications/initialized ok 0.12 ms'],
    ['unknownMethod', 'info', '_OTHER rejected -32601 0.12 ms'],
    ['unparsable', 'info', 'invalid rejected -32700 0.02 ms'],
    ['sentRefused', 'info', 'sent sampling/createMessage rejected -32602 0.12 ms'],
  ])('%s', (sort, level, message) => {
    const op = SORTS[sort];
    expect(requestLogEntry(op, 'calc')).toMatchObject({
      time: op.startTime + op.duration,
      level,
      logger: 'calc',
      message,
      traceId: TRACE,
      spanId: SPAN,
    });
  });

  test('attributes are the labels and the duration', () => {
    expect(requestLogEntry(SORTS.toolError, 'calc').attributes).toEqual({
      method: 'tools/call',
      tool: 'divide',
      outcome: 'tool_error',
      error: 'division_by_zero',
      duration_ms: 0.12,
    });
  });

  test('what is not sampled has no ids to find', () => {
    const entry = requestLogEntry(operation({ sampled: false }), 'calc');
    expect(entry).not.toHaveProperty('traceId');
    expect(entry).not.toHaveProperty('spanId');
  });

  test('content never shows', () => {
    const op = operation({ argumentsText: 'SECRET', resultText: 'SECRET' });
    expect(JSON.stringify(requestLogEntry(op, 'calc'))).not.toContain('SECRET');
  });
});

const ENTRY: LogEntry = {
  time: Date.UTC(2026, 0, 2, 3, 4, 5, 678) + 0.9,
  level: 'warn',
  logger: 'calc',
  message: 'a line',
};
const ZEROS = `[trace_id=${'0'.repeat(32)} span_id=${'0'.repeat(16)}]`;

describe('text', () => {
  test.each<[Partial<LogEntry>, string]>([
    [{}, `2026-01-02T03:04:05.678Z - calc - WARN - ${ZEROS} - a line`],
    [
      { level: 'error', traceId: TRACE, spanId: SPAN },
      `2026-01-02T03:04:05.678Z - calc - ERROR - [trace_id=${TRACE} span_id=${SPAN}] - a line`,
    ],
    [
      { level: 'debug', message: 'two\nlines\r\u001b[31m\u0085\u2028' },
      `2026-01-02T03:04:05.678Z - calc - DEBUG - ${ZEROS} - two\\nlines\\u000d\\u001b[31m\\u0085\\u2028`,
    ],
    [
      { level: 'info', logger: 'a\nb' },
      `2026-01-02T03:04:05.678Z - a\\nb - INFO - ${ZEROS} - a line`,
    ],
  ])('%p', (changes, line) => {
    expect(formatText({ ...ENTRY, ...changes })).toBe(line);
  });
});

describe('json', () => {
  test('one object with the same members always', () => {
    expect(JSON.parse(formatJson(ENTRY))).toEqual({
      time: '2026-01-02T03:04:05.678Z',
      logger: 'calc',
      level: 'WARN',
      trace_id: '0'.repeat(32),
      span_id: '0'.repeat(16),
      message: 'a line',
      attributes: {},
    });
  });
  test('one line, whatever it says, and it reads as it was', () => {
    const message = 'a\nb\u0085\u2028"\\';
    const entry = { ...ENTRY, message, traceId: TRACE, spanId: SPAN, attributes: { n: 1 } };
    const line = formatJson(entry);
    expect(line).not.toMatch(/[\n\u0085\u2028]/);
    expect(JSON.parse(line)).toMatchObject({ message, trace_id: TRACE, attributes: { n: 1 } });
  });
});

describe('log records', () => {
  const options = {
    resource: resourceFromAttributes({ 'service.name': 'calc' }),
    scope: { name: 'scope' },
    limits: { valueLength: Infinity, count: 128 },
  };
  const decoded = (entry: LogEntry) => {
    const record = createLogRecordFactory(options)(entry);
    const bytes = officialSerializers().ProtobufLogsSerializer.serializeRequest([record]);
    return flatten('logs', decodeRequest('logs', bytes)).logs[0]!;
  };

  test.each<[LogLevel, number]>([
    ['debug', 5],
    ['info', 9],
    ['warn', 13],
    ['error', 17],
  ])('%s is severity %i', (level, severityNumber) => {
    expect(decoded({ ...ENTRY, level })).toMatchObject({
      severityNumber,
      severityText: level.toUpperCase(),
    });
  });

  test('a request: ids in their own fields', () => {
    expect(decoded(requestLogEntry(SORTS.call, 'calc'))).toMatchObject({
      body: 'tools/call add ok 0.12 ms',
      traceId: TRACE,
      spanId: SPAN,
      flags: 1,
      attributes: { method: 'tools/call', tool: 'add', outcome: 'ok', duration_ms: 0.12 },
      resource: { 'service.name': 'calc' },
      scope: { name: 'scope' },
    });
  });

  test('no span, no ids', () => {
    expect(decoded(ENTRY)).toMatchObject({ traceId: '', spanId: '', attributes: {} });
  });

  test('the limits hold', () => {
    const limits = { valueLength: 3, count: 2 };
    const record = createLogRecordFactory({ ...options, limits })({
      ...ENTRY,
      attributes: { a: 'long text', b: 1, c: true },
    });
    expect(record.attributes).toEqual({ a: 'lon', b: 1 });
    expect(record.droppedAttributesCount).toBe(1);
  });
});
