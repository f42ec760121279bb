// What the clients ask, and what they must be answered.

/** Exact to the last digit: a server that calculates in doubles fails three of them. */
export const CALLS = [
  { tool: 'add', args: { a: 5, b: 3 }, expected: { result: '8' } },
  { tool: 'add', args: { a: 0.1, b: 0.2 }, expected: { result: '0.3' } },
  {
    tool: 'subtract',
    args: { a: '9007199254740993', b: '0.5' },
    expected: { result: '9007199254740992.5' },
  },
  {
    tool: 'multiply',
    args: { a: '99999999999999999999', b: '99999999999999999999' },
    expected: { result: '9999999999999999999800000000000000000001' },
  },
  { tool: 'multiply', args: { a: 1.1, b: 1.1 }, expected: { result: '1.21' } },
  { tool: 'divide', args: { a: 1, b: 8 }, expected: { result: '0.125' } },
  {
    tool: 'divide',
    args: { a: 22, b: 7 },
    expected: { fraction: '22/7', repeating: '3.(142857)' },
  },
];

/** A model's mistakes: two answers with `isError` and their text, and a refusal with its code. */
export const MISTAKES = [
  { tool: 'divide', args: { a: 1, b: 0 }, expected: { error: 'Division by zero' } },
  { tool: 'add', args: { a: 1 }, expected: { error: 'b is missing' } },
  { tool: 'power', args: { a: 2, b: 10 }, expected: { code: -32602 } },
];
