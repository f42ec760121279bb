import type { Decimal } from '../arithmetic/decimal';
import { ArithmeticError, type ArithmeticFault } from '../arithmetic/errors';
import { writeDecimal } from '../arithmetic/write-decimal';
import { type JsonSchema, type Tool, type ToolAnswer, ToolError } from './define-tool';
import { readOperands } from './operands';
import { inputSchema, outputSchema } from './operation-schemas';

const LABELS = {
  not_a_number: 'invalid_args',
  limit_exceeded: 'limit_exceeded',
  division_by_zero: 'division_by_zero',
} as const satisfies Record<ArithmeticFault, ToolError['label']>;

/** What an operation yields; `details` are passed on as they are. */
interface Outcome {
  readonly value: Decimal;
  readonly exact: boolean;
  readonly details?: Readonly<Record<string, string>>;
}

interface BinaryOperation {
  readonly name: string;
  readonly title: string;
  /** Written for a model. */
  readonly description: string;
  /** The noun for messages: `addition`. */
  readonly operation: string;
  /** What each operand is in this operation. */
  readonly operands: { readonly a: string; readonly b: string };
  /** Schemas of what the result may have besides `result`, `exact` and `note`. */
  readonly optionalResults?: JsonSchema;
  /** @throws {ArithmeticError} */
  compute(a: Decimal, b: Decimal): Outcome;
}

/** Makes a tool of an operation on two numbers. */
export function binaryOperation(operation: BinaryOperation): Tool {
  return {
    name: operation.name,
    title: operation.title,
    description: operation.description,
    inputSchema: inputSchema(operation.operands.a, operation.operands.b),
    outputSchema: outputSchema(operation.optionalResults),
    annotations: {
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
    run: (args) => answer(operation, args),
  };
}

function answer(operation: BinaryOperation, args: Readonly<Record<string, unknown>>): ToolAnswer {
  const { a, b, note } = readOperands(args, operation.operation);
  try {
    const { value, exact, details } = operation.compute(a, b);
    const result = writeDecimal(value);
    const structured: Record<string, unknown> = { result, exact };
    if (details) Object.assign(structured, details);
    if (note !== undefined) structured['note'] = note;
    return { text: result, structured };
  } catch (error) {
    if (error instanceof ArithmeticError) throw new ToolError(LABELS[error.fault], error.message);
    throw error;
  }
}

/** For operations whose result never needs rounding. */
export function exactly(compute: (a: Decimal, b: Decimal) => Decimal) {
  return (a: Decimal, b: Decimal): Outcome => ({ value: compute(a, b), exact: true });
}
