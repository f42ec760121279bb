import { redactUrls } from './redact';

/** A setting of ours that cannot be used. The message is one readable line; the program exits 1. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * What a reader throws about a text that it cannot use: the offending piece and the rest of the
 * sentence, kept apart so that a secret's piece can be left out (see `complaint`).
 */
export class Problem extends Error {
  constructor(
    readonly piece: string,
    readonly phrase: string,
  ) {
    super(phrase);
  }
}

/** `--log-level: 'inof' is not one of …`, and for secrets `PHOENIX_API_KEY: its value is not …`. */
export const complaint = (
  name: string,
  problem: { readonly piece: string; readonly phrase: string },
  secret = false,
): string => `${name}: ${secret ? 'its value' : quote(problem.piece)} ${problem.phrase}`;

const SHOWN = 80;

/** A text of any origin for a one-line message: shortened, control characters escaped, no credentials. */
export function quote(text: string): string {
  // First masked, then cut: half a URL would not be known for one.
  const masked = redactUrls(text);
  const shown = masked.length > SHOWN ? `${masked.slice(0, SHOWN)}…` : masked;
  return `'${onOneLine(shown)}'`;
}

/** A text with its control characters escaped. */
export const onOneLine = (text: string): string =>
  text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, (c) => JSON.stringify(c).slice(1, -1));

/** Why a file could not be read, without the path that the message around it names. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/, \w+ '.*$/s, '');
