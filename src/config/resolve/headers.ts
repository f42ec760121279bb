import type { SignalName } from '../settings';
import { nameOf, signalKey, type Resolving, type SignalKey } from './context';
import type { Endpoint } from './endpoint';

type Headers = Readonly<Record<string, string>>;

/** The settings that hold header lists. */
export type HeadersKey = 'phoenixClientHeaders' | 'otlpHeaders' | SignalKey<'Headers'>;

/**
 * The headers of a signal: the general ones beaten by Phoenix's (its key, then its header list), and
 * these by the signal's own. What is Phoenix's goes only where Phoenix is meant.
 */
export function resolveHeaders(
  signal: SignalName,
  { isPhoenix }: Endpoint,
  { values }: Resolving,
): Headers {
  const key = isPhoenix ? values.phoenixApiKey : undefined;
  return {
    ...values.otlpHeaders?.headers,
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(isPhoenix ? values.phoenixClientHeaders?.headers : {}),
    ...values[signalKey('Headers', signal)]?.headers,
  };
}

/** Warns of each header that cannot be sent, once for all signals. */
export function warnOfDroppedHeaders(resolving: Resolving): void {
  const { values, warn } = resolving;
  const keys: readonly HeadersKey[] = [
    'otlpHeaders',
    signalKey('Headers', 'traces'),
    signalKey('Headers', 'metrics'),
    signalKey('Headers', 'logs'),
    'phoenixClientHeaders',
  ];
  for (const key of keys) {
    for (const line of values[key]?.dropped ?? []) warn(`${nameOf(resolving, key)}: ${line}`);
  }
}
