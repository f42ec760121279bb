import { ToolCatalogue } from '../../src/telemetry/vocabularies/tool-catalogue';

const facts = (description: string) => ({ description, parameters: '{}' });

test('what is learned takes the place of what was known, and says that it is new', () => {
  const given = new Map([['a', facts('first')]]);
  const tools = new ToolCatalogue(given);
  const { revision } = tools;
  tools.add(
    new Map([
      ['a', facts('other')],
      ['b', facts('new')],
    ]),
  );
  expect(tools.revision).toBeGreaterThan(revision);
  expect([tools.get('a'), tools.get('b'), tools.get('c')]).toEqual([
    facts('other'),
    facts('new'),
    undefined,
  ]);
  // What it was made of may be kept by others.
  expect(given).toEqual(new Map([['a', facts('first')]]));
});

test.each(['__proto__', 'constructor', 'toString', ''])('%j is a name like any other', (name) => {
  const tools = new ToolCatalogue(new Map());
  expect(tools.get(name)).toBeUndefined();
  tools.add(new Map([[name, facts('it')]]));
  expect(tools.get(name)).toEqual(facts('it'));
});
