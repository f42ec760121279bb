import { VOCABULARIES } from '../../src/config/settings';
import { TOOL_ERROR_LABELS, type Operation } from '../../src/tap/operation';
import { Ledger } from '../../src/telemetry/ledger';
import { createFormat, LEVEL_WORDS } from '../../src/telemetry/log-entry';
import { INSTRUMENTS, type Instrument } from '../../src/telemetry/metrics/instruments';
import { prometheusName } from '../../src/telemetry/prometheus';
import { RESOURCE_ATTRIBUTES } from '../../src/telemetry/resource';
import { VOCABULARY_TABLES } from '../../src/telemetry/vocabularies';
import {
  errorType,
  failureMessage,
  OUTCOME_MEANINGS,
  OUTCOMES,
} from '../../src/telemetry/vocabularies/failure';
import { rowsOf } from '../../src/telemetry/vocabularies/vocabulary';
import type { Target } from './generate';
import { code, table } from './markdown';
import { prettyJson } from './pretty-json';

const SPAN_NAMES = [
  ['`tools/call add`', 'a call of a known tool'],
  ['`initialize`, `tools/list`, `notifications/cancelled`', 'any other known method'],
  ['`tools/call`', 'a call of a tool that is not known'],
  ['`_OTHER`', 'a method that is not known'],
  ['`invalid`', 'a line that is no request'],
] as const;

function spanNames(): string {
  return table(['name', 'operation'], SPAN_NAMES);
}

function attributes(): string {
  return VOCABULARIES.map((name) => {
    const { title } = VOCABULARY_TABLES[name];
    const rows = rowsOf(VOCABULARY_TABLES[name]).map((row) => [
      code(row.key),
      row.type,
      row.when,
      row.meaning,
    ]);
    const head = ['attribute', 'type', 'when', 'what it says'];
    return `### \`${name}\`: ${title}\n\n${table(head, rows)}`;
  }).join('\n\n');
}

function metrics(): string {
  const all = contractMetrics();
  const rows = all.map((metric) => [
    code(metric.name),
    `${metric.type}, ${code(metric.unit)}`,
    metric.labels.map(code).join(', ') || '–',
    metric.vocabulary,
    metric.description,
  ]);
  const histograms = all.flatMap(({ name, unit, boundaries }) =>
    boundaries ? [[code(name), unit, boundaries.join(' ')]] : [],
  );
  return [
    table(['metric', 'type, unit', 'labels', 'vocabulary', 'what it counts'], rows),
    table(['histogram', 'unit', 'boundaries'], histograms),
  ].join('\n\n');
}

function outcomes(): string {
  const rows = Object.entries(OUTCOME_MEANINGS).map(([name, meaning]) => [code(name), meaning]);
  const labels = TOOL_ERROR_LABELS.map(code).join(', ');
  return `${table(['outcome', 'meaning'], rows)}\n\nError labels (\`mcp.tool.error_label\`, and \`error\` on \`mcp.tools.errors\`): ${labels}.`;
}

function logLine(): string {
  const line = createFormat('text')({
    time: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    level: 'info',
    logger: 'ts-calculator',
    message: 'tools/call add ok 0.12 ms',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
  });
  return `\`\`\`text\n${line}\n\`\`\``;
}

function resource(): string {
  const rows = RESOURCE_ATTRIBUTES.map((row) => [
    code(row.key),
    row.meaning,
    row.overridable ? 'yes' : 'no',
  ]);
  return table(['attribute', 'what it says', 'OTEL_RESOURCE_ATTRIBUTES may override'], rows);
}

/** docs/telemetry.json: the contract for machines and for the siblings. */
function contract(): string {
  return prettyJson({
    about: 'What ts-calculator emits, generated from its code; docs/telemetry.md explains it.',
    spans: {
      kinds: { received: 'SERVER', sent: 'CLIENT' },
      names: SPAN_NAMES.map(([name, operation]) => ({ name: plain(name), operation })),
      outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, spanOf(outcome)])),
      events: [{ name: 'exception', attributes: ['exception.type', 'exception.message'] }],
      attributes: Object.fromEntries(
        VOCABULARIES.map((name) => {
          const rows = rowsOf(VOCABULARY_TABLES[name]);
          return [
            name,
            rows.map(({ key, type, when, meaning }) => ({
              key,
              type,
              when: plain(when),
              meaning: plain(meaning),
            })),
          ];
        }),
      ),
    },
    metrics: contractMetrics(),
    logs: {
      text: '<ISO time> - <logger> - <LEVEL> - [trace_id=<32 hex> span_id=<16 hex>] - <message>',
      json: ['time', 'logger', 'level', 'trace_id', 'span_id', 'message', 'attributes'],
      levels: Object.values(LEVEL_WORDS),
      request: '<method> [<tool>] <outcome> [<error label or JSON-RPC code>] <duration> ms',
    },
    resource: RESOURCE_ATTRIBUTES.map(({ key, meaning, overridable }) => ({
      key,
      meaning: plain(meaning),
      overridable,
    })),
    outcomes: Object.fromEntries(
      Object.entries(OUTCOME_MEANINGS).map(([name, meaning]) => [name, plain(meaning)]),
    ),
    errorLabels: TOOL_ERROR_LABELS,
  });
}

/** What an outcome does to the span of a received request, as the code itself has it. */
function spanOf(outcome: Operation['outcome']) {
  const code = { error: -32603, rejected: -32602 }[outcome as string];
  const rpcError = code === undefined ? {} : { rpcError: { code, message: '' } };
  const op = { direction: 'received', outcome, ...rpcError } as Operation;
  const status = failureMessage(op) === undefined ? 'UNSET' : 'ERROR';
  const type = code === undefined ? errorType(op) : errorType(op) && '<JSON-RPC code>';
  return { status, 'error.type': type ?? null };
}

interface ContractMetric extends Omit<Instrument, 'type'> {
  readonly type: string;
  /** In Prometheus; of a histogram, without `_bucket`, `_sum` and `_count`. */
  readonly prometheus: string;
  readonly boundaries?: readonly number[];
}

function contractMetrics(): ContractMetric[] {
  const own = INSTRUMENTS.map((instrument): ContractMetric => {
    const { name, type, unit, description, labels, vocabulary } = instrument;
    const boundaries = type === 'histogram' ? { boundaries: instrument.boundaries } : {};
    const prometheus = prometheusName(instrument);
    return { name, prometheus, type, unit, description, labels, vocabulary, ...boundaries };
  });
  return [...own, ...sdkMetrics()];
}

/** OpenTelemetry's own SDK metrics, read off a ledger that has dropped a record of each signal. */
function sdkMetrics(): ContractMetric[] {
  const ledger = new Ledger({ spans: 0, logs: 0 });
  ledger.admit('spans');
  ledger.admit('logs');
  return ledger.sdkMetrics().map(({ name, type, unit, description, points }) => {
    const labels = new Set(points.flatMap((point) => Object.keys(point.labels)));
    const prometheus = prometheusName({ name, type, unit });
    const more = { labels: [...labels], vocabulary: 'always' as const };
    return { name, prometheus, type, unit, description, ...more };
  });
}

/** The tables' words carry Markdown's code marks; JSON has no use for them. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}

const MARKDOWN = 'docs/telemetry.md';

export const TELEMETRY_TARGETS: readonly Target[] = [
  { file: MARKDOWN, region: 'span-names', render: spanNames },
  { file: MARKDOWN, region: 'attributes', render: attributes },
  { file: MARKDOWN, region: 'outcomes', render: outcomes },
  { file: MARKDOWN, region: 'metrics', render: metrics },
  { file: MARKDOWN, region: 'log-line', render: logLine },
  { file: MARKDOWN, region: 'resource', render: resource },
  { file: 'docs/telemetry.json', render: contract },
];
