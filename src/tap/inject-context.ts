import { findMembers, skipSpace, type ObjectPlace } from './json-text/members';

const BYTE_ORDER_MARK = 0xfeff;

/**
 * Puts trace context into the `params._meta` of a request or notification, textually: but for the
 * members put in, not one character changes (number spellings, key order, white space, escapes).
 * A member that is there is replaced where it stands; new ones come first in `_meta`, a new `_meta`
 * first in `params`, and new `params` after `method`.
 *
 * @param line one message as JSON text, without its newline; a byte order mark before it, white
 *   space around it and a trailing `\r` are allowed
 * @param entries `traceparent` and its like, with their values as in W3C Trace Context
 * @returns the line itself where it is no object with a string for `method` (an answer, a batch, no
 *   JSON), or where its `params` or `_meta` is there but no object. What lies deeper than `_meta` is
 *   not checked: in a text that is broken there alone, the members are put in all the same
 */
export function injectContext(line: string, entries: Readonly<Record<string, string>>): string {
  const keys = Object.keys(entries);
  const start = skipSpace(line, line.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0);
  const message = findMembers(line, start, ['method', 'params']);
  if (keys.length === 0 || !message || skipSpace(line, message.end) < line.length) return line;
  const method = message.members.get('method');
  if (!method || line[method.start] !== '"') return line;

  const newMeta = `"_meta":{${membersText(keys, entries)}}`;
  const paramsPlace = message.members.get('params');
  if (!paramsPlace) return insert(line, method.end, `,"params":{${newMeta}}`);
  const params = findMembers(line, paramsPlace.start, ['_meta']);
  if (!params) return line;
  const metaPlace = params.members.get('_meta');
  if (!metaPlace) return insertFirst(line, params, newMeta);
  const meta = findMembers(line, metaPlace.start, keys);
  return meta ? mergeInto(line, meta, entries) : line;
}

function mergeInto(
  line: string,
  meta: ObjectPlace,
  entries: Readonly<Record<string, string>>,
): string {
  const missing = Object.keys(entries).filter((key) => !meta.members.has(key));
  const present = [...meta.members].sort(([, a], [, b]) => b.start - a.start);
  // From the last to the first, so that the places before stay where they are.
  let text = line;
  for (const [key, { start, end }] of present) {
    text = text.slice(0, start) + JSON.stringify(entries[key]) + text.slice(end);
  }
  return missing.length === 0 ? text : insertFirst(text, meta, membersText(missing, entries));
}

function membersText(keys: readonly string[], entries: Readonly<Record<string, string>>): string {
  return keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(entries[key])}`).join(',');
}

function insertFirst(text: string, into: ObjectPlace, members: string): string {
  return insert(text, into.start + 1, into.isEmpty ? members : `${members},`);
}

function insert(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}
