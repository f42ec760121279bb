import { MAX_OPERAND_LENGTH } from '../arithmetic/limits';
import type { JsonSchema } from './define-tool';

const NUMBER = { type: 'number', description: 'Up to 15 significant digits' };
const TEXT = {
  type: 'string',
  maxLength: MAX_OPERAND_LENGTH,
  description: 'Exact decimal, for more than 15 digits: "-0.1", "1.5e-30"',
};

const RESULT = {
  result: { type: 'string', description: 'Decimal number' },
  exact: { type: 'boolean', description: 'false: result is rounded' },
  note: { type: 'string', description: 'Warning about an operand' },
};

/** Takes two numbers, whose parts in the operation are said in a word or two. */
export function inputSchema(a: string, b: string): JsonSchema {
  const operand = (description: string) => ({ description, anyOf: [NUMBER, TEXT] });
  return closedObject({ a: operand(a), b: operand(b) }, ['a', 'b']);
}

/** @param optional members that this operation's result may have besides those of every result */
export function outputSchema(optional: JsonSchema = {}): JsonSchema {
  return closedObject({ ...RESULT, ...optional }, ['result', 'exact']);
}

function closedObject(properties: JsonSchema, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}
