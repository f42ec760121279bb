import fc from 'fast-check';
import { countOf, Ledger } from '../../src/telemetry/ledger';
import type { SignalName } from '../../src/config/settings';
import type { NumberMetric } from '../../src/telemetry/metrics/snapshot';
import type { DropReason } from '../../src/telemetry/pipeline';

const CAPACITY = 20;
const newLedger = () => new Ledger({ spans: CAPACITY, logs: CAPACITY });

const points = (ledger: Ledger, name: string) =>
  (ledger.sdkMetrics().find((metric) => metric.name === name) as NumberMetric).points;
const value = (ledger: Ledger, name: string): number =>
  points(ledger, name).reduce((sum, point) => sum + point.value, 0);

const REASONS: DropReason[] = [
  'queue_full',
  'timeout',
  'unreachable',
  'no_receiver',
  'refused',
  'resting',
  'crashed',
];

test('made = exported + dropped + waiting, whatever happens in whatever order', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('admit' as const), count: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ kind: fc.constant('made' as const), count: fc.integer({ min: 1, max: 3 }) }),
    fc.record({
      kind: fc.constant('settle' as const),
      count: fc.integer({ min: 0, max: 30 }),
      fate: fc.constantFrom<'exported' | DropReason>('exported', ...REASONS),
    }),
    fc.record({ kind: fc.constant('crash' as const), kept: fc.integer({ min: 0, max: 5 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const ledger = newLedger();
      let made = 0;
      let waiting = 0;
      let gone = 0;
      for (const one of steps) {
        if (one.kind === 'admit') {
          for (let i = 0; i < one.count; i++) {
            const isFull = waiting >= CAPACITY;
            expect(ledger.admit('spans')).toBe(!isFull);
            made++;
            if (isFull) gone++;
            else waiting++;
          }
        } else if (one.kind === 'made') {
          ledger.settle({ signal: 'spans', count: one.count, fate: 'made' });
          made += one.count;
          waiting += one.count;
        } else if (one.kind === 'settle') {
          const count = Math.min(one.count, waiting);
          ledger.settle({ signal: 'spans', count, fate: one.fate });
          waiting -= count;
          gone += count;
        } else {
          const kept = Math.min(one.kept, waiting);
          const lost = ledger.crash({ spans: kept, logs: 0 });
          expect(lost).toEqual({ spans: waiting - kept, logs: 0 });
          gone += waiting - kept;
          waiting = kept;
        }
      }
      expect(value(ledger, 'otel.sdk.span.started')).toBe(made);
      expect(value(ledger, 'otel.sdk.processor.span.queue.size')).toBe(waiting);
      expect(value(ledger, 'otel.sdk.processor.span.processed')).toBe(gone);
      expect(made).toBe(gone + waiting);
      expect(value(ledger, 'otel.sdk.log.created')).toBe(0);
    }),
  );
});

test('the warning has the counts of both and each reason once', () => {
  const ledger = newLedger();
  for (let i = 0; i < 10; i++) ledger.admit('spans');
  for (let i = 0; i < 5; i++) ledger.admit('logs');
  ledger.settle({ signal: 'spans', count: 4, fate: 'exported' });
  expect(ledger.summary()).toBeUndefined();
  ledger.settle({ signal: 'spans', count: 1, fate: 'refused' });
  ledger.settle({ signal: 'logs', count: 1, fate: 'refused' });
  expect(ledger.summary()).toBe('1 span, 1 log record dropped (receiver refused them)');
  ledger.end(() => true);
  expect(ledger.summary()).toBe(
    '6 spans, 5 log records dropped (receiver refused them; receiver did not answer in time)',
  );
});

describe('what waits at the end', () => {
  const TOLD = '1 span, 1 log record dropped (receiver did not answer in time)';
  type Row = [string, (signal: SignalName) => boolean, SignalName[], string | undefined];
  test.each<Row>([
    ['is missed where a receiver was asked for', () => true, [], TOLD],
    ['is missed where one was found, though nobody asked', () => false, ['traces', 'logs'], TOLD],
    ['is not, of one that nobody asked for and that was never seen', () => false, [], undefined],
    ['of each signal by itself: asked', (signal) => signal === 'logs', [], TOLD.slice(8)],
    ['of each signal by itself: found', () => false, ['metrics', 'logs'], TOLD.slice(8)],
  ])('%s', (_, isAsked, found, summary) => {
    const ledger = newLedger();
    ledger.admit('spans');
    ledger.admit('logs');
    for (const signal of found) ledger.find(signal);
    ledger.end(isAsked);
    expect(ledger.summary()).toBe(summary);
    expect(value(ledger, 'otel.sdk.processor.span.queue.size')).toBe(0);
    expect(value(ledger, 'otel.sdk.processor.span.processed')).toBe(1);
  });
});

test('what a receiver that nobody asked for did not get is counted, but no warning', () => {
  const ledger = newLedger();
  ledger.admit('spans');
  ledger.end(() => false);
  expect(ledger.summary()).toBeUndefined();
  expect(points(ledger, 'otel.sdk.processor.span.processed')).toContainEqual({
    labels: expect.objectContaining({ 'error.type': 'no_receiver' }),
    value: 1,
  });
});

test('lines that stderr had no room for stand beside the log records', () => {
  const ledger = newLedger();
  ledger.stderrDropped(3);
  ledger.stderrDropped(4);
  expect(points(ledger, 'otel.sdk.processor.log.processed')).toContainEqual({
    labels: {
      'otel.component.type': 'ts-calculator_stderr',
      'otel.component.name': 'stderr',
      'error.type': 'queue_full',
    },
    value: 7,
  });
  expect(ledger.summary()).toBeUndefined();
});

test.each([
  ['spans', 1, '1 span'],
  ['spans', 2, '2 spans'],
  ['logs', 1, '1 log record'],
  ['logs', 0, '0 log records'],
] as const)('%s, %i: %s', (signal, count, words) => {
  expect(countOf(signal, count)).toBe(words);
});
