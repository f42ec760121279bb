import { yaml } from '../../examples/monitoring/generate/yaml';

test.each<[string, string]>([
  ['critical', 'critical'],
  ['5m', '5m'],
  ['sum by (a) (b{c="d"}) > 0', 'sum by (a) (b{c="d"}) > 0'],
  ['http://localhost:3000/d/a?b={{ c }}', 'http://localhost:3000/d/a?b={{ c }}'],
  ['{{ a }} of b', "'{{ a }} of b'"],
  ['a: b', "'a: b'"],
  ['a #b', "'a #b'"],
  ['- a', "'- a'"],
  ['', "''"],
  ['15', "'15'"],
  ['1e3', "'1e3'"],
  ['yes', "'yes'"],
  [`{{ it's "so" }}`, '"{{ it\'s \\"so\\" }}"'],
])('the text %j is written %s', (value, written) => {
  expect(yaml({ a: value })).toBe(`a: ${written}`);
});

test('lists and maps are indented, a text of several lines is a block', () => {
  const rules = [
    { record: 'r', expr: 'a\nor\n  b' },
    { alert: 'x', labels: { severity: 'y' } },
  ];
  expect(yaml({ name: 'mcp', limit: 3, rules }, '  ')).toBe(
    [
      '  name: mcp',
      '  limit: 3',
      '  rules:',
      '    - record: r',
      '      expr: |-',
      '        a',
      '        or',
      '          b',
      '    - alert: x',
      '      labels:',
      '        severity: y',
    ].join('\n'),
  );
});
