/** The parts of a written number: digits alone, separators and blanks removed. */
export interface Numeral {
  readonly negative: boolean;
  /** Digits before the point; may be empty. */
  readonly integer: string;
  /** Digits after the point; may be empty, but not together with `integer`. */
  readonly fraction: string;
  readonly exponentNegative: boolean;
  /** Digits of the exponent; `0` where none is written. */
  readonly exponent: string;
}

/**
 * Takes a written number apart. Blanks around it are ignored. Accepted: a sign (`+`, `-`, U+2212),
 * a point with digits on at least one side, an exponent, `_` between digits, and before the point
 * commas between groups of three.
 *
 * Works in time linear in the text: it splits at single characters and matches none but single
 * characters, so nothing can backtrack.
 *
 * @returns undefined where the text is not such a number
 */
export function scanNumeral(text: string): Numeral | undefined {
  return scanPlain(text) ?? scanAny(text);
}

/** Nearly every number is written plainly: a minus or none, digits, perhaps a point among them. */
function scanPlain(text: string): Numeral | undefined {
  const negative = text.startsWith('-');
  const start = negative ? 1 : 0;
  let point = -1;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) continue;
    if (code !== 0x2e || point >= 0) return undefined;
    point = i;
  }
  const end = point < 0 ? text.length : point;
  if (text.length - start - (point < 0 ? 0 : 1) === 0) return undefined;
  return {
    negative,
    integer: text.slice(start, end),
    fraction: text.slice(end + 1),
    exponentNegative: false,
    exponent: '0',
  };
}

function scanAny(text: string): Numeral | undefined {
  const signed = takeSign(text.trim());
  const [mantissa = '', power = '0', ...otherPowers] = signed.rest.split(/[eE]/, 3);
  const [whole = '', part = '', ...otherParts] = mantissa.split('.', 3);
  if (otherPowers.length > 0 || otherParts.length > 0 || whole + part === '') return undefined;

  const signedPower = takeSign(power);
  const integer = whole === '' ? '' : (digits(whole) ?? groupedDigits(whole));
  const fraction = part === '' ? '' : digits(part);
  const exponent = digits(signedPower.rest);
  if (integer === undefined || fraction === undefined || exponent === undefined) return undefined;
  return {
    negative: signed.negative,
    integer,
    fraction,
    exponentNegative: signedPower.negative,
    exponent,
  };
}

/** Text that is a number written with a decimal comma also looks grouped: `0,125` stays refused. */
function groupedDigits(text: string): string | undefined {
  const [first = '', ...others] = text.split(',');
  const grouped =
    first.length <= 3 &&
    !first.startsWith('0') &&
    [first, ...others].every(isDigits) &&
    others.every((group) => group.length === 3);
  return grouped ? first + others.join('') : undefined;
}

function digits(text: string): string | undefined {
  const runs = text.split('_');
  return runs.every(isDigits) ? runs.join('') : undefined;
}

function isDigits(text: string): boolean {
  return text !== '' && !/[^0-9]/.test(text);
}

function takeSign(text: string): { negative: boolean; rest: string } {
  const negative = text.startsWith('-') || text.startsWith('\u2212');
  return { negative, rest: negative || text.startsWith('+') ? text.slice(1) : text };
}
