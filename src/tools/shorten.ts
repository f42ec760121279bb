const MAX_SHOWN = 40;

/**
 * Describes a value from the wire in a few words, whatever it is: a text is quoted up to 40
 * characters, and of an array or object only the kind is said, since it may be nested too deep to
 * be serialised.
 */
export function shorten(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

function quote(text: string): string {
  if (text.length <= MAX_SHOWN) return JSON.stringify(text);
  // A character outside the basic plane is two units: the cut must not leave the first alone.
  const start = text.slice(0, MAX_SHOWN).replace(/[\ud800-\udbff]$/, '');
  return JSON.stringify(`${start}…`);
}
