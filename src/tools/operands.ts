import type { Decimal } from '../arithmetic/decimal';
import { ArithmeticError } from '../arithmetic/errors';
import { readDecimal } from '../arithmetic/read-decimal';
import { ToolError } from './define-tool';
import { shorten } from './shorten';

type Arguments = Readonly<Record<string, unknown>>;
type Name = 'a' | 'b';

const NAMES: readonly Name[] = ['a', 'b'];

const ACCEPTED =
  'Accepted: a JSON number, or a string with one decimal number such as "0.1", "-2.50", "1.5e-30" or "1,234,567.89".';

export interface Operands {
  readonly a: Decimal;
  readonly b: Decimal;
  /** Set where an operand may have been rounded before it arrived. */
  readonly note: string | undefined;
}

/**
 * Checks and reads the operands of a call. Of several faults the first of these is told: an operand
 * that is missing, an argument too many, an operand that is no number, one beyond a limit. So what
 * is told does not depend on values until the names are right, and a limit not on a typing error.
 *
 * @param args as they came from the wire; only own properties count
 * @param operation the noun for messages: `addition`
 * @throws {ToolError} missing_args, invalid_args or limit_exceeded
 */
export function readOperands(args: Arguments, operation: string): Operands {
  refuseMissing(args, operation);
  refuseOthers(args);
  const [a, b] = [attempt(args['a']), attempt(args['b'])];
  if (a instanceof ArithmeticError || b instanceof ArithmeticError) throw refusal(args, { a, b });
  return { a, b, note: noteOnRounding(args) };
}

function refuseMissing(args: Arguments, operation: string): void {
  const missing = NAMES.filter((name) => !Object.hasOwn(args, name) || args[name] == null);
  if (missing.length === 0) return;
  const which = missing.length === 1 ? `${missing[0]} is missing` : 'a and b are missing';
  throw new ToolError(
    'missing_args',
    `Both numbers are required for ${operation}: ${which}. Send a and b, each a number or a decimal string.`,
  );
}

function refuseOthers(args: Arguments): void {
  const names = Object.keys(args);
  if (names.length === NAMES.length) return;
  const others = names.filter((name) => name !== 'a' && name !== 'b');
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  throw new ToolError(
    'invalid_args',
    `Unknown argument: ${others.slice(0, 3).map(shorten).join(', ')}${more}. Only a and b are accepted.`,
  );
}

function attempt(value: unknown): Decimal | ArithmeticError {
  try {
    return readDecimal(value);
  } catch (error) {
    if (error instanceof ArithmeticError) return error;
    throw error;
  }
}

/** Tells of both operands at once where both have the same fault: it saves a call. */
function refusal(args: Arguments, read: Record<Name, Decimal | ArithmeticError>): ToolError {
  const sentences = (fault: ArithmeticError['fault'], what: string) =>
    NAMES.flatMap((name) => {
      const { [name]: error } = read;
      const applies = error instanceof ArithmeticError && error.fault === fault;
      return applies ? `Operand ${name} ${what}: ${shorten(args[name])}. ${error.message}` : [];
    });

  const invalid = sentences('not_a_number', 'is not a number');
  if (invalid.length > 0) return new ToolError('invalid_args', [...invalid, ACCEPTED].join(' '));
  return new ToolError(
    'limit_exceeded',
    sentences('limit_exceeded', 'is beyond a limit').join(' '),
  );
}

function noteOnRounding(args: Arguments): string | undefined {
  const unsafe = NAMES.filter(
    (name) => Number.isInteger(args[name]) && !Number.isSafeInteger(args[name]),
  );
  if (unsafe.length === 0) return undefined;
  return `JSON numbers above 2^53 may have been rounded before they arrived (here: ${unsafe.join(' and ')}). To be exact, send such an integer as a string.`;
}
