import { quote } from '../errors';
import type { Settings } from '../settings';
import { nameOf, type Resolving } from './context';

type Propagators = Settings['propagators'];
const KNOWN = ['tracecontext', 'baggage'] as const;

/** Unknown propagators are told and left out; `none` alone is none; nothing left is the default. */
export function resolvePropagators(resolving: Resolving): Propagators {
  const { values, warn } = resolving;
  const asked = values.propagators.map((name) => name.toLowerCase());
  if (asked.length > 0 && asked.every((name) => name === 'none')) return [];

  const unknown = asked.filter((name) => !KNOWN.some((known) => known === name));
  const known = KNOWN.filter((name) => asked.includes(name));
  if (unknown.length > 0) {
    const used = known.length > 0 ? known : KNOWN;
    const names = unknown.map(quote).join(', ');
    warn(`${nameOf(resolving, 'propagators')}: ${names} cannot be used; ${used.join(',')} is used`);
  }
  return known.length > 0 ? known : KNOWN;
}
