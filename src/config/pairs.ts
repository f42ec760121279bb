import { Problem } from './errors';
import { pieces, type Reader } from './readers';

/** Headers that can be sent, names in lower case, and why the others cannot (values never told). */
export interface HeaderList {
  readonly headers: Readonly<Record<string, string>>;
  readonly dropped: readonly string[];
}

type Pair = readonly [name: string, value: string];
/** A pair, or what is wrong with the entry. */
type Entry = Pair | string;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const VISIBLE_ASCII = /^[\t\x20-\x7e]*$/;

/** A secret that goes into a header as it is. */
export const headerValue: Reader<string> = (value) => {
  // As `ts-calculator config --client` leaves it for people to fill in.
  if (/^<.*>$/.test(value))
    throw new Problem(value, 'is still what a key was to be put in place of');
  if (VISIBLE_ASCII.test(value)) return value;
  throw new Problem(value, 'has characters that no header can carry');
};

/**
 * `name=value,name2=value2`, percent-decoded (the OTLP exporter's specification: W3C Baggage's
 * form without metadata). A bad entry is dropped and told by its place, as any of it may be secret.
 */
export const headerList: Reader<HeaderList> = (value) => toHeaders(pieces(value).map(decodePair));

/** As headerList (Phoenix's Python client), or a JSON object of strings (its JavaScript client). */
export const headerListOrJson: Reader<HeaderList> = (value) =>
  value.startsWith('{') ? toHeaders(jsonPairs(value)) : headerList(value);

/**
 * OTEL_RESOURCE_ATTRIBUTES: `key=value,key2=value2`, percent-decoded. Any error discards the whole
 * (OpenTelemetry's resource specification).
 */
export const attributeList: Reader<Readonly<Record<string, string>>> = (value) => {
  const pairs = pieces(value).map((piece): Pair => {
    const entry = decodePair(piece);
    if (typeof entry === 'string') throw new Problem(piece, `is ${entry}`);
    return entry;
  });
  return Object.fromEntries(pairs);
};

function decodePair(piece: string): Entry {
  const equals = piece.indexOf('=');
  if (equals < 1) return 'not NAME=VALUE';
  try {
    const [name, value] = [piece.slice(0, equals), piece.slice(equals + 1)];
    return [decodeURIComponent(name.trim()), decodeURIComponent(value.trim())];
  } catch {
    return 'not percent-encoded correctly';
  }
}

function jsonPairs(value: string): Entry[] {
  try {
    return Object.entries(JSON.parse(value) as Record<string, unknown>).map(([name, v]) =>
      typeof v === 'string' ? [name.trim(), v.trim()] : 'not a string',
    );
  } catch {
    throw new Problem(value, 'is neither NAME=VALUE,… nor a JSON object of strings');
  }
}

function toHeaders(entries: readonly Entry[]): HeaderList {
  const checked = entries.map(checkHeader);
  return {
    headers: Object.fromEntries(checked.filter((entry) => typeof entry !== 'string')),
    dropped: checked.flatMap((entry, i) =>
      typeof entry === 'string' ? [`entry ${i + 1} is ${entry}: it is left out`] : [],
    ),
  };
}

function checkHeader(entry: Entry): Entry {
  if (typeof entry === 'string') return entry;
  const [name, value] = [entry[0].toLowerCase(), entry[1]];
  if (!TOKEN.test(name)) return 'no header name';
  return VISIBLE_ASCII.test(value) ? [name, value] : 'no header value';
}
