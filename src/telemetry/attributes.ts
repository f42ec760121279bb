import type { AttributeLimits } from '../config/settings';
import type { AttributeValue } from './vocabularies/vocabulary';

export type AttributeMap = Record<string, AttributeValue>;

export interface LimitedAttributes {
  readonly attributes: AttributeMap;
  /** How many the count limit left out. */
  readonly dropped: number;
}

/**
 * Holds attributes to OpenTelemetry's limits (specification, "Attribute Limits"): a string longer
 * than `valueLength` is cut, and what comes after the first `count` is left out and counted.
 * Attributes that are within the limits are handed back as they are.
 */
export function limitAttributes(
  attributes: AttributeMap,
  { valueLength, count }: AttributeLimits,
): LimitedAttributes {
  const keys = Object.keys(attributes);
  if (valueLength === Infinity && keys.length <= count) return { attributes, dropped: 0 };
  const kept: AttributeMap = {};
  for (const key of keys.slice(0, count)) {
    const value = attributes[key]!;
    kept[key] = typeof value === 'string' ? limitText(value, valueLength) : value;
  }
  return { attributes: kept, dropped: Math.max(0, keys.length - count) };
}

/** At most `max` characters, never half of a surrogate pair; unlike content it gets no ellipsis. */
export function limitText(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}
