import { ERROR_LABEL_KEY } from '../../src/error-label';
import { callTool, failure, findTool } from '../../src/server/call-tool';
import { ToolError, type Tool } from '../../src/tools/define-tool';
import { registry } from '../../src/tools/registry';

const add = registry.get('add')!;
const failing = (error: unknown): Tool => ({
  ...add,
  run: () => {
    throw error;
  },
});

test('a result: the bare answer, then the structured one, serialised', () => {
  const structuredContent = { result: '0.3', exact: true };
  expect(callTool(add, { a: 0.1, b: '0.2' })).toEqual({
    content: [
      { type: 'text', text: '0.3' },
      { type: 'text', text: JSON.stringify(structuredContent) },
    ],
    structuredContent,
  });
});

test('an error: its text, and its label for programs', () => {
  const [zero] = callTool(registry.get('divide')!, { a: 1, b: 0 }).content;
  expect(callTool(registry.get('divide')!, { a: 1, b: 0 })).toEqual({
    content: [zero],
    isError: true,
    _meta: { [ERROR_LABEL_KEY]: 'division_by_zero' },
  });
  expect(zero!.text).toMatch(/^Division by zero/);
});

test.each([
  ['missing_args', { a: 1 }],
  ['invalid_args', { a: 'x', b: 1 }],
  ['limit_exceeded', { a: '1e99999', b: 1 }],
])('%s', (label, args) => {
  expect(callTool(add, args)).toMatchObject({ isError: true, _meta: { [ERROR_LABEL_KEY]: label } });
});

test.each([
  ['an Error', new TypeError('a secret of ours')],
  ['a string', 'a secret of ours'],
  ['nothing', undefined],
])('a tool that throws %s failed on an internal error, of which no word is told', (_, thrown) => {
  const result = callTool(failing(thrown), {});
  expect(result).toEqual({
    content: [{ type: 'text', text: `${add.title} failed on an internal error` }],
    isError: true,
    _meta: { [ERROR_LABEL_KEY]: 'internal' },
  });
  expect(failure(add, thrown)).toEqual(result);
});

test('a ToolError of before the call is told as it is', () => {
  const drill = new ToolError('internal', 'a drill');
  expect(failure(add, drill).content).toEqual([{ type: 'text', text: 'a drill' }]);
});

test.each([
  ['ad', 'Unknown tool "ad" (did you mean "add"?)'],
  ['ADD', 'Unknown tool "ADD" (did you mean "add"?)'],
  ['mult', 'Unknown tool "mult" (did you mean "multiply"?)'],
  ['', 'Unknown tool "" (one of: add, subtract, multiply, divide)'],
  ['modulo', 'Unknown tool "modulo" (one of: add, subtract, multiply, divide)'],
  ['__proto__', 'Unknown tool "__proto__" (one of: add, subtract, multiply, divide)'],
  ['ad"\n', 'Unknown tool "ad\\"\\n" (one of: add, subtract, multiply, divide)'],
  [
    'x'.repeat(1_000_000),
    `Unknown tool "${'x'.repeat(63)}…" (one of: add, subtract, multiply, divide)`,
  ],
])('an unknown tool (row %#)', (name, message) => {
  expect(() => findTool(registry, name)).toThrow(
    expect.objectContaining({ code: -32602, message }),
  );
});

test.each([...registry.keys()])('the tool %s is found', (name) => {
  expect(findTool(registry, name).name).toBe(name);
});
