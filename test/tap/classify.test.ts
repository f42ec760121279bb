import { ERROR_LABEL_KEY, TOOL_ERROR_LABELS } from '../../src/error-label';
import { classifyAnswer, outcomeOfCode } from '../../src/tap/classify';

test.each([
  [-32700, 'rejected'],
  [-32600, 'rejected'],
  [-32601, 'rejected'],
  [-32602, 'rejected'],
  [-32002, 'rejected'],
  [-32603, 'error'],
  [-32000, 'error'],
  [0, 'error'],
  [404, 'error'],
])('code %d is %s', (code, outcome) => {
  expect(outcomeOfCode(code)).toBe(outcome);
  const error = { code, message: 'm', data: { secret: 1 } };
  expect(classifyAnswer({ error }, true)).toEqual({ outcome, rpcError: { code, message: 'm' } });
});

test.each([
  ['a result', { content: [] }],
  ['isError that is false', { isError: false }],
  ['isError that is no boolean', { isError: 'true' }],
  ['null', null],
  ['a string', 'isError'],
])('%s is ok', (_, result) => {
  expect(classifyAnswer({ result }, true)).toEqual({ outcome: 'ok' });
});

const content = [
  { type: 'text', text: 'what went wrong' },
  { type: 'text', text: 'more' },
];

test.each(TOOL_ERROR_LABELS)('a failed result says %s', (label) => {
  const result = { isError: true, content, _meta: { [ERROR_LABEL_KEY]: label } };
  const toolError = { label, message: 'what went wrong' };
  expect(classifyAnswer({ result }, true)).toEqual({ outcome: 'tool_error', toolError });
});

test.each([
  ['no label', content, undefined, 'what went wrong'],
  ['an unknown label', content, { [ERROR_LABEL_KEY]: 'nope' }, 'what went wrong'],
  ['a label of another name', content, { toString: 'invalid_args' }, 'what went wrong'],
  ['null in the place of _meta', content, null, 'what went wrong'],
  ['no content', undefined, undefined, ''],
  ['empty content', [], undefined, ''],
  ['content that is no list', 'text', undefined, ''],
  ['an image first', [{ type: 'image', data: 'x' }], undefined, ''],
  ['null first', [null], undefined, ''],
])('a failed result with %s is internal', (_, given, _meta, message) => {
  const result = { isError: true, content: given, _meta };
  const toolError = { label: 'internal', message };
  expect(classifyAnswer({ result }, true)).toEqual({ outcome: 'tool_error', toolError });
});

test('where content is not captured, neither is the text that may quote it', () => {
  const { toolError } = classifyAnswer({ result: { isError: true, content } }, false);
  expect(toolError).toEqual({ label: 'internal', message: '' });
});
