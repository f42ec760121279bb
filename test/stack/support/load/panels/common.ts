import type { Asked } from '../diary';
import type { Values } from '../expectation';
import { increaseOf } from '../increases';
import type { Interval } from '../interval';
import type { Known } from '../known';

/** A histogram's buckets, as `le` tells them: its boundaries, and `+Inf`. */
export const bounds = (boundaries: readonly number[]): [string, number][] =>
  [...boundaries, Infinity].map((bound) => [bound === Infinity ? '+Inf' : String(bound), bound]);

export const ofService =
  (service: string) =>
  (each: { readonly service: string }): boolean =>
    each.service === service;

/** A value a service. */
export const each = (
  { services }: Known,
  value: (service: string) => Interval,
  legend = (service: string): string => service,
): Values => new Map(services.map((service) => [legend(service), value(service)]));

export const requests = (
  known: Known,
  service: string,
  which = (_: Asked): boolean => true,
): Interval =>
  increaseOf(
    known,
    'requests',
    service,
    known.asked.filter((asked) => ofService(service)(asked) && which(asked)),
  );

export const calls = (known: Known, service: string, tool: string): Interval =>
  increaseOf(
    known,
    'calls',
    service,
    known.asked.filter((asked) => asked.service === service && asked.tool === tool),
  );
