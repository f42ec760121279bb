import type { Params } from '../json-rpc';
import { cutText, MAX_NAME_CHARACTERS } from './bounded-json';
import type { Operation } from './operation';

const MAX_URI_CHARACTERS = 1024;

/** Which prompt or resource a message is about. */
export function subjectOf(
  method: string,
  params: Params | undefined,
): Pick<Operation, 'prompt' | 'resource'> | undefined {
  switch (method) {
    case 'prompts/get':
      return { prompt: textOf(params?.['name'], MAX_NAME_CHARACTERS) };
    case 'resources/read':
    case 'resources/subscribe':
    case 'resources/unsubscribe':
    case 'notifications/resources/updated':
      return { resource: textOf(params?.['uri'], MAX_URI_CHARACTERS) };
    default:
      return undefined;
  }
}

const textOf = (value: unknown, max: number): string | undefined =>
  typeof value === 'string' ? cutText(value, max) : undefined;
