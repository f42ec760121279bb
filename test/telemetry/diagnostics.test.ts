import { diag } from '@opentelemetry/api';
import { globalErrorHandler } from '@opentelemetry/core';
import type { DiagLevel } from '../../src/config/settings';
import { hearDiagnostics } from '../../src/telemetry/diagnostics';
import { PartialSuccesses } from '../../src/telemetry/partial-success';

let written: string[];
let partial: PartialSuccesses;
function hear(level: DiagLevel): void {
  written = [];
  partial = new PartialSuccesses();
  hearDiagnostics(level, partial, (as, message) => written.push(`${as} ${message}`));
}
afterEach(() => diag.disable());

test.each<[DiagLevel, string[]]>([
  ['none', []],
  ['error', ['error e']],
  ['warn', ['error e', 'warn w']],
  ['info', ['error e', 'warn w', 'info i']],
  ['debug', ['error e', 'warn w', 'info i', 'debug d']],
  ['verbose', ['error e', 'warn w', 'info i', 'debug d', 'debug v']],
  ['all', ['error e', 'warn w', 'info i', 'debug d', 'debug v']],
])('OTEL_LOG_LEVEL=%s', (level, expected) => {
  hear(level);
  written = []; // OpenTelemetry tells of the logger itself.
  diag.error('e');
  diag.warn('w');
  diag.info('i');
  diag.debug('d');
  diag.verbose('v');
  expect(written).toEqual(expected);
});

test('partial successes are heard at any level, and are no line', () => {
  hear('none');
  diag.warn('Received Partial Success response:', '{"rejectedSpans":2}');
  expect(partial.take()?.rejected).toBe(2);
  expect(written).toEqual([]);
});

test('a fault that is there at every export is told once', () => {
  hear('info');
  for (let i = 0; i < 3; i++) {
    diag.error('refused');
    diag.info('sent');
  }
  expect(written).toEqual(['error refused', 'info sent', 'info sent', 'info sent']);
});

test("a component's name is not its message: each of its faults is told once", () => {
  hear('debug');
  const component = diag.createComponentLogger({ namespace: 'Part' });
  for (let i = 0; i < 2; i++) {
    component.debug('items to be sent');
    component.warn('one fault');
    component.warn('another');
  }
  expect(written.filter((line) => line.startsWith('warn'))).toEqual([
    'warn Part one fault',
    'warn Part another',
  ]);
});

test('what comes with a message is shown, but not at any length', () => {
  hear('warn');
  diag.warn('odd', { a: { b: { c: 1 } } }, 'and more');
  diag.warn('long', 'x'.repeat(5_000));
  expect(written[0]).toBe('warn odd { a: { b: [Object] } } and more');
  expect(written[1]).toHaveLength(5 + 500 + 1);
});

test('errors that OpenTelemetry hands to its global handler come the same way', () => {
  hear('error');
  globalErrorHandler(new Error('deep inside'));
  globalErrorHandler('a string');
  expect(written).toEqual(['error deep inside', 'error a string']);
});
