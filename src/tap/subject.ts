import { MASK } from '../config/redact';
import type { Params } from '../json-rpc';
import { cutText, MAX_NAME_CHARACTERS } from './bounded-json';
import type { Operation } from './operation';
import type { Redaction } from './redaction';

const MAX_URI_CHARACTERS = 1024;

/**
 * Which prompt or resource a message is about.
 *
 * @param hides whether the value under a key is secret, of a server that is not ours
 */
export function subjectOf(
  method: string,
  params: Params | undefined,
  hides?: Redaction,
): Pick<Operation, 'prompt' | 'resource'> | undefined {
  switch (method) {
    case 'prompts/get':
      return { prompt: textOf(params?.['name'], MAX_NAME_CHARACTERS) };
    case 'resources/read':
    case 'resources/subscribe':
    case 'resources/unsubscribe':
    case 'notifications/resources/updated':
      return { resource: withoutSecrets(textOf(params?.['uri'], MAX_URI_CHARACTERS), hides) };
    default:
      return undefined;
  }
}

const textOf = (value: unknown, max: number): string | undefined =>
  typeof value === 'string' ? cutText(value, max) : undefined;

/** A URI without its user and password, and without the secrets among the values of its query and fragment. */
function withoutSecrets(uri: string | undefined, hides?: Redaction): string | undefined {
  return uri
    ?.replace(/(:\/\/)[^/?#]*@/, `$1${MASK}@`)
    .replace(/([?&#;])([^=&#;]+)=[^&#;]*/g, (pair, before, name) =>
      hides?.(name) ? `${before}${name}=${MASK}` : pair,
    );
}
