import { boundariesOf } from '../../../monitoring/contract-names';
import type { Asked, Fate, Process, RecordKind } from './diary';
import type { Expectation, Values } from './expectation';
import { countUpTo, quantile } from './histogram';
import { increase, increaseOf, ofMixture } from './increases';
import { exactly, share, sum, type Interval } from './interval';
import type { Known } from './known';
import { BRIEF, EXPORT_SECONDS, HTTP, REFUSED, SIBLING, STDIO } from './cast';

const MILLISECONDS = boundariesOf('mcp_requests_duration_milliseconds');
const SECONDS = boundariesOf('mcp_server_session_duration_seconds');
/** What the reader of Prometheus' format writes: boundaries, and `+Inf`. */
const bounds = (boundaries: readonly number[]): [string, number][] =>
  [...boundaries, Infinity].map((bound) => [bound === Infinity ? '+Inf' : String(bound), bound]);

const ofService =
  (service: string) =>
  (each: { readonly service: string }): boolean =>
    each.service === service;

const hasFailed = ({ outcome }: Asked): boolean => outcome === 'tool_error';

/** A value a service. */
const each = (
  { services }: Known,
  value: (service: string) => Interval,
  legend = (service: string): string => service,
): Values => new Map(services.map((service) => [legend(service), value(service)]));

const tools = ({ processes }: Known): [service: string, tool: string][] =>
  [...new Map(processes.map(({ service, tools }) => [service, tools]))].flatMap(
    ([service, names]) => names.map((tool): [string, string] => [service, tool]),
  );

const requests = (known: Known, service: string, which = (_: Asked): boolean => true): Interval =>
  increaseOf(
    known,
    'requests',
    service,
    known.asked.filter((asked) => ofService(service)(asked) && which(asked)),
  );

const calls = (known: Known, service: string, tool: string): Interval =>
  increaseOf(
    known,
    'calls',
    service,
    known.asked.filter((asked) => asked.service === service && asked.tool === tool),
  );

const latency = (percent: number): Expectation => ({
  values: (known) =>
    each(
      known,
      (service) =>
        ofMixture(known.asked.filter(ofService(service)), (asked) =>
          quantile(
            percent / 100,
            asked.map(({ millis }) => millis),
            MILLISECONDS,
          ),
        ),
      (service) => `${service} p${percent}`,
    ),
  telling: `${SIBLING} p${percent}`,
});

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

/** One at the start, one at the end, and one each interval between, as long as the machine keeps up. */
function exportsOf({ at }: Known, processes: readonly Process[]): Interval {
  const lives = processes.map(({ started, ended }) => (ended?.[1] ?? at) - started);
  const each = lives.map((life): Interval => [1, life / EXPORT_SECONDS + 3]);
  return sum(each);
}

/** What each query of each panel should answer, by its name. */
export const PANELS: Readonly<Record<string, Expectation>> = {
  'mcp-service-overview / Request rate A': {
    values: (known) =>
      each(known, (service) => {
        const [least, most] = requests(known, service);
        return [least / known.window, most / known.window];
      }),
    telling: HTTP,
  },
  'mcp-service-overview / Error rate A': {
    values: (known) =>
      each(known, (service) =>
        share(requests(known, service, hasFailed), requests(known, service)),
      ),
    telling: STDIO,
  },
  'mcp-service-overview / Latency A': latency(50),
  'mcp-service-overview / Latency B': latency(95),
  'mcp-service-overview / Latency C': latency(99),

  'mcp-tool-performance / Invocations A': {
    values: (known) =>
      new Map(
        tools(known).map(([service, tool]) => [`${service} ${tool}`, calls(known, service, tool)]),
      ),
    telling: `${HTTP} add`,
  },
  'mcp-tool-performance / Latency distribution A': {
    values: (known) =>
      new Map(
        bounds(MILLISECONDS).map(([le, bound]) => [
          le,
          sum(
            known.services.map((service) => {
              const called = known.asked.filter(
                ({ tool, ...asked }) => tool !== undefined && ofService(service)(asked),
              );
              const first = called.filter(({ isFirst }) => isFirst);
              const [, mostFirst] = countUpTo(
                bound,
                first.map(({ millis }) => millis),
              );
              const all = countUpTo(
                bound,
                called.map(({ millis }) => millis),
              );
              return increase(known, 'durations', service, all, mostFirst);
            }),
          ),
        ]),
      ),
    telling: '+Inf',
  },
  'mcp-tool-performance / Error rate by tool and error A': {
    values: (known) =>
      new Map(
        known.asked
          .filter(({ error }) => error !== undefined)
          .map(({ service, tool, error }) => {
            const alike = known.asked.filter(
              (asked) => asked.service === service && asked.tool === tool && asked.error === error,
            );
            const errors = increaseOf(known, 'errors', service, alike);
            return [`${service} ${tool} ${error}`, share(errors, calls(known, service, tool!))];
          }),
      ),
    telling: `${STDIO} divide division_by_zero`,
  },

  'mcp-session-analysis / Active sessions A': {
    values: (known) =>
      each(known, (service) =>
        exactly(
          known.sessions.filter((s) => s.service === service && s.seconds === undefined).length,
        ),
      ),
    telling: HTTP,
    moment: 'open',
  },
  'mcp-session-analysis / Session duration A': {
    values: ({ sessions }) =>
      new Map(
        bounds(SECONDS).map(([le, bound]) => [
          `${le} s`,
          countUpTo(
            bound,
            sessions.flatMap(({ seconds }) => (seconds ? [seconds] : [])),
          ),
        ]),
      ),
    telling: '+Inf s',
  },
  'mcp-session-analysis / Requests per session A': {
    values: (known) =>
      each(known, (service) => {
        const of = ofService(service);
        return exactly(known.asked.filter(of).length / known.sessions.filter(of).length);
      }),
    telling: HTTP,
  },

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
