import { MASK } from '../config/redact';
import { isObject } from '../json-rpc';
import { cutText, MAX_NAME_CHARACTERS, redactText } from './bounded-json';
import type { Redaction } from './redaction';

/** The most arguments of one call that become attributes of their own. */
export const MAX_SCALAR_ARGUMENTS = 16;
/** The longest string among them, in characters. */
const MAX_SCALAR_CHARACTERS = 256;

export type Scalar = string | number | boolean;

/**
 * The strings, finite numbers and booleans at the top level of a call's arguments: the first 16, with
 * names cut to 128 characters and strings to 256, which then end in `…`. The value under a key that
 * `hides` names is `***`, and so is what a string holds under such a key (see `redactText`).
 *
 * @returns undefined where there is none
 */
export function scalarArguments(
  args: unknown,
  hides: Redaction,
): Record<string, Scalar> | undefined {
  if (!isObject(args)) return undefined;
  const scalars: [string, Scalar][] = [];
  for (const name in args) {
    const value = args[name];
    if (!isScalar(value)) continue;
    scalars.push([cutText(name, MAX_NAME_CHARACTERS), hides(name) ? MASK : bounded(value, hides)]);
    if (scalars.length === MAX_SCALAR_ARGUMENTS) break;
  }
  // Not by assignment: `__proto__` is a name like any other.
  return scalars.length === 0 ? undefined : Object.fromEntries(scalars);
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'number'
    ? Number.isFinite(value)
    : typeof value === 'string' || typeof value === 'boolean';
}

function bounded(value: Scalar, hides: Redaction): Scalar {
  return typeof value === 'string' ? redactText(value, MAX_SCALAR_CHARACTERS, hides) : value;
}
