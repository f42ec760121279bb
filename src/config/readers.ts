import { isIP } from 'node:net';
import { nearest } from '../nearest';
import { Problem } from './errors';

/** Turns a setting's text (trimmed, never empty) into a value, or throws a Problem. */
export type Reader<T> = (text: string) => T;

/** The longest delay that a Node timer keeps; beyond it a timer fires at once. */
export const MAX_MILLIS = 2 ** 31 - 1;

export const text: Reader<string> = (value) => value;

/** One of a set, in any case (OpenTelemetry: enum values are case-insensitive). */
export const oneOf =
  <T extends string>(...choices: readonly T[]): Reader<T> =>
  (value) => {
    const choice = choices.find((candidate) => candidate === value.toLowerCase());
    if (choice !== undefined) return choice;
    const meant = nearest(value, choices);
    const hint = meant === undefined ? '' : `. Did you mean '${meant}'?`;
    throw new Problem(value, `is not one of ${choices.join(', ')}${hint}`);
  };

/** The pieces of a comma-separated list, trimmed; empty pieces are passed over. */
export const pieces: Reader<string[]> = (value) =>
  value
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');

/** A list of members of a set, each once, in the set's own order. */
export const listOf = <T extends string>(...choices: readonly T[]): Reader<readonly T[]> => {
  const member = oneOf(...choices);
  return (value) => {
    const members = new Set(pieces(value).map(member));
    if (members.size === 0) throw new Problem(value, `names none of ${choices.join(', ')}`);
    return choices.filter((choice) => members.has(choice));
  };
};

/** As listOf, with `none` for the empty list; `none` beside others is a contradiction. */
export const listOrNone = <T extends string>(...choices: readonly T[]): Reader<readonly T[]> => {
  const members = listOf<T | 'none'>(...choices, 'none');
  return (value) => {
    const chosen = members(value);
    if (!chosen.includes('none')) return chosen as readonly T[];
    if (chosen.length > 1) throw new Problem(value, "has 'none' beside others");
    return [];
  };
};

/** A list in which each piece is of one form. */
export const listOfEach =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value) =>
    pieces(value).map(read);

export const onOff: Reader<boolean> = (value) => oneOf('on', 'off')(value) === 'on';

/** OpenTelemetry's booleans: only "true" is true, "false" is false, in any case. */
export const boolean: Reader<boolean> = (value) => oneOf('true', 'false')(value) === 'true';

export const wholeNumber =
  (min: number, what = 'whole number', max = MAX_MILLIS): Reader<number> =>
  (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    throw new Problem(value, `is not a ${what} from ${min} to ${max}`);
  };

/** A duration in milliseconds. */
export const millis = (min: number): Reader<number> => wholeNumber(min, 'number of milliseconds');

/** A timeout in milliseconds; OpenTelemetry's 0 for "no limit" becomes the longest timer. */
export const timeout: Reader<number> = (value) => millis(0)(value) || MAX_MILLIS;

const UNIT_MILLIS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** `90s`, `30m`, `1.5h` → milliseconds, at least 1. */
export const duration: Reader<number> = (value) => {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/i.exec(value) ?? [];
  const millis = Number(amount) * (UNIT_MILLIS[unit.toLowerCase()] ?? NaN);
  if (millis >= 1 && millis <= MAX_MILLIS) return Math.round(millis);
  throw new Problem(value, 'is not a time such as 90s, 30m or 12h (1 ms to 24 days)');
};

/** A share, 0 to 1. */
export const share: Reader<number> = (value) => {
  const number = /^(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value) ? Number(value) : NaN;
  if (number <= 1) return number;
  throw new Problem(value, 'is not a number from 0 to 1');
};

/** An http(s) URL, as it was written. */
export const httpUrl: Reader<string> = (value) => {
  if (/^https?:\/\//i.test(value) && isUrl(value)) return value;
  throw new Problem(value, `is no http:// or https:// URL${passwordHint(value)}`);
};

/** A host's name or address, in lower case and without the brackets of an IPv6 address. */
export const hostName: Reader<string> = (value) => {
  const host = value.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  const isName = /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(host);
  if (isName || isIP(host) !== 0) return host;
  throw new Problem(value, "is not a host's name or address (without scheme, port and path)");
};

/** The path of a URL. */
export const urlPath: Reader<string> = (value) => {
  const isPath = /^\/[^\s?#]*$/.test(value) && URL.canParse(value, 'http://host');
  const path = isPath ? new URL(value, 'http://host').pathname : undefined;
  if (path !== undefined && path === value) return path;
  throw new Problem(value, 'is not the path of a URL (/mcp)');
};

/** Where a web page is from, as browsers write it: scheme, host and, if it is not the usual, port. */
export const origin: Reader<string> = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isOrigin = url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  if (isOrigin) return url.origin;
  throw new Problem(value, 'is not the origin of a web page (https://app.example.com)');
};

/** An HTTP proxy: an http(s) URL or, as many write it, host:port. */
export const proxyUrl: Reader<string> = (value) => {
  const url = value.includes('://') ? value : `http://${value}`;
  if (isUrl(url)) return url;
  throw new Problem(value, `is no HTTP proxy (http://host:port)${passwordHint(value)}`);
};

/** An @ behind host and port is what is left of a password that was cut short: at # ? / or \\. */
function isUrl(value: string): boolean {
  if (/^https?:\/\/[^/?#\\]*[/?#\\].*@/i.test(value)) return false;
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

const passwordHint = (value: string): string =>
  /^https?:.*@/i.test(value) ? ': percent-encode what is special in its password' : '';
