import { type Decimal, ZERO } from './decimal';
import { ArithmeticError } from './errors';
import { hintFor } from './hint';
import { MAX_OPERAND_DIGITS, MAX_OPERAND_EXPONENT, MAX_OPERAND_LENGTH } from './limits';
import { type Numeral, scanNumeral } from './numeral';

/**
 * Reads an operand: a number as its shortest decimal, so that 0.1 is one tenth, and a string as
 * what is written there (see `scanNumeral` for the notation).
 *
 * @param value anything
 * @returns the value, its coefficient without trailing zeros
 * @throws {ArithmeticError} `not_a_number` with a hint; `limit_exceeded` with the limit
 */
export function readDecimal(value: unknown): Decimal {
  if (typeof value === 'number') return readNumber(value);
  if (typeof value === 'string') return readText(value);
  throw new ArithmeticError('not_a_number', 'It is neither a number nor a string.');
}

function readNumber(value: number): Decimal {
  if (Number.isSafeInteger(value)) return fromInteger(value);
  if (Number.isFinite(value)) return readText(String(value));
  // JSON has no infinity: it was a literal such as 1e400, which JSON.parse cannot hold.
  throw new ArithmeticError(
    'not_a_number',
    'Send a number beyond ±1.79e308 as a string, such as "1e400".',
  );
}

/** The same as by way of its digits, only faster. */
function fromInteger(value: number): Decimal {
  if (value === 0) return ZERO;
  let rest = value;
  let exponent = 0;
  while (rest % 10 === 0) {
    rest /= 10;
    exponent++;
  }
  return { coefficient: BigInt(rest), exponent };
}

function readText(text: string): Decimal {
  if (text.length > MAX_OPERAND_LENGTH) {
    throw beyond(`It has ${text.length} characters, more`, MAX_OPERAND_LENGTH);
  }
  const numeral = scanNumeral(text);
  if (numeral === undefined) throw new ArithmeticError('not_a_number', hintFor(text));
  return fromNumeral(numeral);
}

function fromNumeral(numeral: Numeral): Decimal {
  const digits = numeral.integer + numeral.fraction;
  if (digits.length > MAX_OPERAND_DIGITS) {
    throw beyond(`It has ${digits.length} digits, more`, MAX_OPERAND_DIGITS);
  }
  const power = Number(numeral.exponent);
  if (power > MAX_OPERAND_EXPONENT) {
    throw beyond('Its exponent has a greater magnitude', MAX_OPERAND_EXPONENT);
  }

  // Zeros at the end are taken off the text, where it is cheap, and not off the BigInt.
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  if (end === 0) return ZERO;
  const coefficient = BigInt(digits.slice(0, end));
  const exponent = numeral.exponentNegative ? -power : power;
  return {
    coefficient: numeral.negative ? -coefficient : coefficient,
    exponent: exponent - numeral.fraction.length + (digits.length - end),
  };
}

function beyond(what: string, limit: number): ArithmeticError {
  return new ArithmeticError('limit_exceeded', `${what} than the limit of ${limit}.`);
}
