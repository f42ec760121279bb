import type { Finding } from '../../src/doctor/finding';
import { renderReport } from '../../src/doctor/render';

const finding = (more: Partial<Finding>): Finding => ({
  ...{ subject: 'traces', check: 'name', state: 'ok', detail: 'localhost is 127.0.0.1' },
  ...more,
});

test('a line a finding, the subject once, what to do below what it is about', () => {
  const findings = [
    finding({ millis: 0.44 }),
    finding({ check: 'answer', state: 'fail', detail: 'answered 401', remedy: 'it wants a key' }),
    finding({ subject: 'metrics', check: 'connection', state: 'note', detail: 'two\n  lines' }),
  ];
  expect(renderReport({ ok: false, version: '1.2.3', findings })).toBe(
    [
      'ts-calculator 1.2.3',
      'traces   ok    name        localhost is 127.0.0.1, 0.4 ms',
      '         FAIL  answer      answered 401',
      '                           → it wants a key',
      'metrics  note  connection  two; lines',
      'Not well: 1 fault.',
    ].join('\n'),
  );
});

test.each<[boolean, Finding['state'][], string]>([
  [true, ['ok'], 'Well.'],
  [true, ['ok', 'note'], 'Well.'],
  [false, ['fail'], 'Not well: 1 fault.'],
  [false, ['fail', 'ok', 'fail'], 'Not well: 2 faults.'],
])('ok: %s, %j: %s', (ok, states, end) => {
  const findings = states.map((state) => finding({ state }));
  expect(renderReport({ ok, version: '1', findings }).split('\n').at(-1)).toBe(end);
});
