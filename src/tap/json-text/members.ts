import { parseJson } from '../../json-rpc';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  isSpace,
} from './bytes';

/** A character of a key takes at most six in a JSON text: \u0061. */
const MAX_ESCAPE = 6;

/** Where a value stands in a text: from its first character to the one after its last. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where an object stands, whether it is empty, and where the members that were asked for are. */
export interface ObjectPlace extends Place {
  readonly isEmpty: boolean;
  readonly members: ReadonlyMap<string, Place>;
}

/**
 * Finds members of the object that begins at `start`, in one pass and without parsing what is in
 * them: brackets and strings alone are looked at there. Of members with the same name the last
 * counts, as it does to JSON.parse.
 *
 * @returns undefined where no object begins at `start`, or one whose own level is not well-formed
 */
export function findMembers(
  text: string,
  start: number,
  names: readonly string[],
): ObjectPlace | undefined {
  if (text.charCodeAt(start) !== OPEN_BRACE) return undefined;
  const members = new Map<string, Place>();
  let at = skipSpace(text, start + 1);
  if (text.charCodeAt(at) === CLOSE_BRACE) return { start, end: at + 1, isEmpty: true, members };
  for (;;) {
    const keyEnd = skipString(text, at);
    if (keyEnd === -1) return undefined;
    const name = nameOf(text, at, keyEnd, names);
    at = skipSpace(text, keyEnd);
    if (text.charCodeAt(at) !== COLON) return undefined;
    const value = skipSpace(text, at + 1);
    const end = skipValue(text, value);
    if (end === -1) return undefined;
    if (name !== undefined) members.set(name, { start: value, end });
    at = skipSpace(text, end);
    if (text.charCodeAt(at) === CLOSE_BRACE) return { start, end: at + 1, isEmpty: false, members };
    if (text.charCodeAt(at) !== COMMA) return undefined;
    at = skipSpace(text, at + 1);
  }
}

/** @returns where the text goes on after JSON's white space */
export function skipSpace(text: string, at: number): number {
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Which of the names a key is that is written, with its quotes, at this place. */
function nameOf(text: string, start: number, end: number, names: readonly string[]) {
  const length = end - start - 2;
  return names.find((name) => {
    if (length === name.length && text.startsWith(name, start + 1)) return true;
    if (length <= name.length || length > name.length * MAX_ESCAPE) return false;
    return unescaped(text.slice(start, end)) === name;
  });
}

function unescaped(literal: string): unknown {
  if (!literal.includes('\\')) return undefined;
  return parseJson(literal);
}

/** @returns where the value ends that begins here; -1 where none does, or it does not end */
function skipValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(text, at) - 1;
      if (at < 0) return -1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth++;
      continue;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      if (--depth < 0) return -1;
    } else if (depth === 0) {
      return skipScalar(text, at);
    }
    if (depth === 0) return at + 1;
  }
  return -1;
}

/** A number, true, false or null. */
function skipScalar(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || isSpace(code)) break;
  }
  return at === start ? -1 : at;
}

function skipString(text: string, start: number): number {
  if (text.charCodeAt(start) !== QUOTE) return -1;
  let quote = start;
  do quote = text.indexOf('"', quote + 1);
  while (quote !== -1 && isEscaped(text, quote));
  return quote === -1 ? -1 : quote + 1;
}

/** A quote that an odd number of backslashes stands before; no backslash is counted twice. */
function isEscaped(text: string, quote: number): boolean {
  let at = quote;
  while (text.charCodeAt(at - 1) === BACKSLASH) at--;
  return (quote - at) % 2 === 1;
}
