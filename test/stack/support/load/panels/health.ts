import { BRIEF, EXPORT_SECONDS, HTTP, REFUSED, SIBLING, STDIO } from '../cast';
import type { Fate, Process, RecordKind } from '../diary';
import type { Expectation } from '../expectation';
import { increase } from '../increases';
import { exactly, sum, type Interval } from '../interval';
import type { Known } from '../known';
import { each, ofService } from './common';

const fate = (known: Known, kind: RecordKind, service: string): Fate =>
  known.fates[kind].get(service)!;

/** The sibling's SDK shows its counts when there is one; ours are there at 0. */
const exported = (kind: RecordKind, records: string): Expectation => ({
  values: (known) =>
    each(
      known,
      (service) => {
        const first = known.asked.filter(
          ({ isFirst, ...asked }) => isFirst && ofService(service)(asked),
        );
        return increase(known, kind, service, fate(known, kind, service).exported, first.length);
      },
      (service) => `${service} ${records}`,
    ),
  telling: `${HTTP} ${records}`,
});

const waiting = (kind: RecordKind, records: string): Expectation => ({
  values: (known) =>
    each(
      known,
      (service) => exactly(fate(known, kind, service).waiting / CAPACITY),
      (service) => `${service} ${records}`,
    ),
  telling: `${REFUSED} ${records}`,
  moment: 'open',
});
/** OTEL_BSP_MAX_QUEUE_SIZE and OTEL_BLRP_MAX_QUEUE_SIZE, by default. */
const CAPACITY = 65_536;

const dropped = (known: Known, kind: RecordKind): [string, Interval][] => {
  const { refused } = fate(known, kind, REFUSED);
  if (refused === 0) return [];
  return [[`${REFUSED} batching_${kind}_processor/0: refused`, exactly(refused)]];
};

/** The panels look each 15 s, at a sample that is an export old; on a slow machine, older. */
const LOOK_SECONDS = 15;
const LATE_SECONDS = 15;

const sinceTaken = (kind: RecordKind, records: string): Expectation => ({
  values: (known) =>
    each(
      known,
      // They see growth for a minute, which is longer than the load: no least.
      (service) => [0, known.at - fate(known, kind, service).last + LOOK_SECONDS + LATE_SECONDS],
      (service) => `${service} ${records}`,
    ),
  telling: `${BRIEF} ${records}`,
  only: 'ended',
});

const lastEnd = (known: Known, processes: readonly Process[]): Interval => [
  Math.max(...processes.map(({ ended }) => ended?.[0] ?? known.at)),
  Math.max(...processes.map(({ ended }) => ended?.[1] ?? known.at)),
];

/** At the start, at the end, when tools are learnt, and each interval where the machine keeps up. */
function exportsOf({ at }: Known, processes: readonly Process[]): Interval {
  return sum(
    processes.map(({ started, ended }): Interval => {
      const lived = (ended?.[1] ?? at) - started;
      return [ended ? 2 : 1, lived / EXPORT_SECONDS + 3];
    }),
  );
}

export const HEALTH: Readonly<Record<string, Expectation>> = {
  'mcp-telemetry-health / Exported A': exported('span', 'spans'),
  'mcp-telemetry-health / Exported B': exported('log', 'log records'),
  'mcp-telemetry-health / Exported C': {
    values: (known) =>
      each(
        known,
        (service) => exportsOf(known, known.processes.filter(ofService(service))),
        (service) => `${service} metrics`,
      ),
    telling: `${STDIO} metrics`,
  },
  'mcp-telemetry-health / Dropped A': {
    values: (known) => new Map(dropped(known, 'span')),
    telling: `${REFUSED} batching_span_processor/0: refused`,
  },
  'mcp-telemetry-health / Dropped B': {
    values: (known) =>
      new Map([
        // Ours also tell of lines on stderr.
        ...known.services
          .filter((service) => service !== SIBLING)
          .map((service): [string, Interval] => [`${service} stderr: queue_full`, [0, 0]]),
        ...dropped(known, 'log'),
      ]),
    telling: `${REFUSED} batching_log_processor/0: refused`,
  },
  'mcp-telemetry-health / Queue A': waiting('span', 'spans'),
  'mcp-telemetry-health / Queue B': waiting('log', 'log records'),
  'mcp-telemetry-health / Since the last success A': sinceTaken('span', 'spans'),
  'mcp-telemetry-health / Since the last success B': sinceTaken('log', 'log records'),
  'mcp-telemetry-health / Since the last success C': {
    values: (known) =>
      each(
        known,
        (service) => {
          const [told, ended] = lastEnd(known, known.processes.filter(ofService(service)));
          return [known.at - ended, known.at - told + LOOK_SECONDS + LATE_SECONDS];
        },
        (service) => `${service} metrics`,
      ),
    telling: `${BRIEF} metrics`,
    only: 'ended',
  },
};
