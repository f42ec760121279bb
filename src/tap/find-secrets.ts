import { parseJson } from '../json-rpc';
import type { Redaction } from './redaction';

/** A longer text is not parsed: what one string may cost is bounded. */
const MAX_PARSED_CHARACTERS = 64 * 1024;
const JSON_START = /^\s*[{[]/;
/** A key as JSON or Python writes it, or one within a text within a text: \"key\": */
const WRITTEN_KEY = /["']([^"']+)["']\s*:/g;
const UNICODE_ESCAPE = /\\u([0-9a-f]{4})/gi;

/**
 * Whether a text holds values under hidden keys. Servers put JSON into strings, and there the keys
 * are no keys any more; so a text that is a JSON object or array of at most 64 Ki characters is
 * parsed, and strings within it likewise. All else (longer or broken JSON, JSON in the middle of
 * words, what Python prints for a dict) is searched for what looks like a quoted key.
 *
 * @param shown how many of the text's characters are to be shown: beyond, none but parsed text is
 *   searched
 * @returns the parsed text, where it holds any and can be written without; `somewhere`, where one
 *   shows and only the whole text can be hidden; else `none`
 */
export function findSecrets(
  text: string,
  shown: number,
  hides: Redaction,
): 'none' | 'somewhere' | { readonly value: unknown } {
  if (text.length <= MAX_PARSED_CHARACTERS && JSON_START.test(text)) {
    const value = parseJson(text);
    if (value !== undefined && holdsSecrets(value, hides)) return { value };
  }
  return showsKey(text.slice(0, shown), hides) ? 'somewhere' : 'none';
}

/** Not by recursion: 64 Ki characters may be nested as deep as that. */
function holdsSecrets(value: unknown, hides: Redaction): boolean {
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next === 'string') {
      if (findSecrets(next, next.length, hides) !== 'none') return true;
    } else if (Array.isArray(next)) {
      for (const item of next) rest.push(item);
    } else if (typeof next === 'object' && next !== null) {
      for (const key in next) {
        if (hides(key)) return true;
        rest.push((next as Record<string, unknown>)[key]);
      }
    }
  }
  return false;
}

function showsKey(text: string, hides: Redaction): boolean {
  if (!text.includes(':')) return false;
  for (const [, key] of text.matchAll(WRITTEN_KEY)) {
    const plain = key!.replace(UNICODE_ESCAPE, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    if (hides(plain)) return true;
  }
  return false;
}
