/**
 * The limits that keep every calculation to a few milliseconds, and the sizes beyond which a form
 * of a result stops being useful. A digit is a decimal digit throughout.
 */

/** Digits in an operand's coefficient, as written: leading and trailing zeros count. */
export const MAX_OPERAND_DIGITS = 10_000;

/** Largest magnitude of the exponent of an operand, as written. */
export const MAX_OPERAND_EXPONENT = 10_000;

/**
 * UTF-16 units of an operand as text. Room for every digit with a separator after it, sign, point,
 * exponent and some blanks; looked at first, so that a huge text costs nothing.
 */
export const MAX_OPERAND_LENGTH = 20_100;

/** Significant digits of a result. */
export const MAX_RESULT_DIGITS = 20_000;

/** Significant digits of a quotient that has to be rounded: those of IEEE 754 decimal128. */
export const ROUNDED_DIGITS = 34;

/** Digits that each operand may need in plain notation for the quotient's fraction to be reduced. */
export const MAX_FRACTION_OPERAND_DIGITS = 1_000;

/** Digits of the non-repeating part after the point and of the period, together. */
export const MAX_REPEATING_DIGITS = 100;

/** Zeros that only hold a place, beyond which plain notation gives way to scientific. */
export const MAX_PLACEHOLDER_ZEROS = 40;
