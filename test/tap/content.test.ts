import type { TapOptions } from '../../src/tap/tap';
import { recordingTap } from './recording-tap';

/** The operation of a tool call with these params, answered with this result. */
function callWith(
  params: Record<string, unknown>,
  result: unknown = {},
  options?: Partial<TapOptions>,
) {
  const { tap, operations } = recordingTap(options);
  tap.answered(tap.request(1, 'tools/call', params), { result });
  return operations[0]!;
}

const nested = (depth: number): unknown =>
  JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);

test.each([
  ['a tool that its success shows', { name: 'more' }, { tool: 'more', toolKnown: true }],
  ['a name of 200 characters', { name: 'n'.repeat(200) }, { tool: `${'n'.repeat(127)}…` }],
  ['no arguments', { name: 'add' }, { tool: 'add', toolKnown: true }],
  [
    'null for arguments',
    { name: 'add', arguments: null },
    { argumentsText: 'null', numericArguments: {} },
  ],
  [
    'a list for arguments',
    { name: 'add', arguments: [1] },
    { argumentsText: '[1]', numericArguments: {} },
  ],
])('%s', (_, params, expected) => {
  expect(callWith(params)).toMatchObject(expected);
});

test.each([
  ['no name', {}],
  ['a name that is a number', { name: 1 }],
  ['a name that is null', { name: null }],
])('%s is no tool', (_, params) => {
  const operation = callWith({ ...params, arguments: { a: 1 } });
  expect(operation.tool).toBeUndefined();
  expect(operation.argumentsText).toBeUndefined();
});

test('no method but tools/call has content', () => {
  const { tap, operations } = recordingTap();
  const params = { name: 'add', arguments: { a: 1 } };
  tap.answered(tap.request(1, 'prompts/get', params), { result: { structuredContent: {} } });
  expect(operations[0]!.tool).toBeUndefined();
  expect(operations[0]!.argumentsText).toBeUndefined();
  expect(operations[0]!.resultText).toBeUndefined();
});

test('where content is not captured, none is kept', () => {
  const params = { name: 'add', arguments: { a: 1 } };
  const result = { structuredContent: { result: 1 }, isError: true, content: [{ text: '1' }] };
  const operation = callWith(params, result, { captureContent: false });
  expect(operation).toMatchObject({ tool: 'add', toolError: { label: 'internal', message: '' } });
  const keys = ['argumentsText', 'numericArguments', 'resultText', 'numericResult'] as const;
  for (const key of keys) {
    expect(operation[key]).toBeUndefined();
  }
});

test.each([
  ['structured content', { structuredContent: { result: 2 }, content: [] }, '{"result":2}'],
  ['content, where there is no other', { content: [{ text: 'a' }] }, '[{"text":"a"}]'],
  ['neither', {}, undefined],
])('the result is %s', (_, result, resultText) => {
  expect(callWith({ name: 'add' }, result)).toMatchObject({ resultText });
});

test.each([
  ['a string', 'text'],
  ['null', null],
])('a result that is %s is not kept', (_, result) => {
  expect(callWith({ name: 'add' }, result).resultText).toBeUndefined();
});

describe('what is hostile is kept bounded', () => {
  test('names with a meaning in JavaScript are arguments like others', () => {
    const args = JSON.parse('{"__proto__":1,"constructor":2,"toString":3}') as object;
    const { numericArguments, argumentsText } = callWith({ name: 'add', arguments: args });
    expect(argumentsText).toBe('{"__proto__":1,"constructor":2,"toString":3}');
    expect(Object.entries(numericArguments!)).toEqual(
      expect.arrayContaining([
        ['constructor', 2],
        ['toString', 3],
      ]),
    );
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  test('a hundred thousand arguments', () => {
    const args = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`n${i}`, i]));
    const { numericArguments, argumentsText } = callWith({ name: 'add', arguments: args });
    expect(Object.keys(numericArguments!)).toHaveLength(16);
    expect(argumentsText).toHaveLength(4_096);
  });

  test('arguments nested 200,000 deep', () => {
    const operation = callWith({ name: 'add', arguments: nested(200_000) as object });
    expect(operation.argumentsText!.length).toBeLessThan(4_096);
    expect(() => structuredClone(operation)).not.toThrow();
  });

  test('an id, a method and a name of a megabyte', () => {
    const { tap, operations } = recordingTap();
    const long = 'x'.repeat(1_000_000);
    tap.answered(tap.request(long, long, undefined), { result: {} });
    tap.refused(-32600, 'm', long);
    tap.handled(tap.notification(long, undefined));
    const cut = `${'x'.repeat(127)}…`;
    expect(operations).toMatchObject([
      { requestId: cut, method: cut },
      { requestId: cut },
      { method: cut },
    ]);
  });
});
