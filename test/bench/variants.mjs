import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH, CACHE, FIRST_START, fromRoot, server } from './paths.mjs';

const STOCK = fromRoot('test/support/stock-server.mjs');
const PRODUCT = fromRoot('bin/ts-calculator.js');
const SDK = ['@modelcontextprotocol/sdk', 'zod'];
export const HTTP_FIGURES = ['http', 'http-sessions', 'http-growth'];
const { dependencies } = JSON.parse(readFileSync(join(BENCH, 'package.json'), 'utf8'));
const peers = (scope) => Object.keys(dependencies).filter((name) => name.startsWith(scope));

/** Of each transport the variant of which every figure is a ratio. */
const BASELINES = { stdio: 'stock', http: 'stock-http' };
export const BASELINE = BASELINES.stdio;

/**
 * The servers that are compared, in the order of the tables.
 *
 * - `file`: what Node runs, `args`: what it is given; `env`: what it gets beside the clean environment
 * - `behind`: of a wrapper, the file of the server that it stands in front of
 * - `spans`: which of its requests make a span: `all`, `none`, or `told` where the server samples and
 *   tells in a metric how many it made
 * - `logs`: whether each request makes a log record
 * - `counter`: the metric that counts the requests
 * - `lossless`: must lose nothing behind a healthy receiver; peers lose what they lose
 * - `packages`: what of npm it needs; `packed`: it is a package of npm itself
 * - `exact`: measured with long operands, which it takes as strings
 * - `figures`: the only ones that it is measured for
 * - `transport`: what it is spoken to over; over `http`, `stateless` is what it is given besides where it
 *   is to serve without sessions, if it has to be told
 * - `baseline`: the variant of which its figures are ratios
 */
export const VARIANTS = [
  {
    name: 'bare',
    title: 'bare Node loop',
    file: server('bare.mjs'),
    exact: true,
  },
  {
    name: 'stock',
    title: 'stock SDK server',
    file: STOCK,
    packages: SDK,
  },
  {
    name: 'stock-bundled',
    title: 'stock, bundled',
    file: `${CACHE}/stock-bundled.mjs`,
  },
  {
    name: 'otel',
    title: 'stock + OpenTelemetry SDK',
    file: server('otel.mjs'),
    packages: [...SDK, ...peers('@opentelemetry/')],
    env: ({ url }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }),
    spans: 'all',
    counter: 'mcp.requests.total',
  },
  {
    name: 'sentry',
    title: 'stock + Sentry',
    file: server('sentry.mjs'),
    packages: [...SDK, ...peers('@sentry/')],
    env: ({ url }) => ({ SENTRY_DSN: `${url.replace('//', '//bench@')}/1` }),
    spans: 'all',
  },
  {
    name: 'ours',
    title: 'ours, everything on',
    lossless: true,
    file: PRODUCT,
    env: ({ url }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }),
    packed: true,
    spans: 'all',
    logs: true,
    counter: 'mcp.requests.total',
    exact: true,
  },
  {
    // Its sessions end before the two seconds after which one leaves its code cache.
    name: 'first-start',
    title: 'ours, first start (no code cache)',
    file: join(FIRST_START, 'bin/ts-calculator.js'),
    env: ({ url }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }),
    spans: 'all',
    logs: true,
    figures: ['start'],
  },
  {
    name: 'sampled',
    title: 'ours, one in ten sampled',
    lossless: true,
    file: PRODUCT,
    env: ({ url }) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
    }),
    spans: 'told',
    logs: true,
    counter: 'mcp.requests.total',
  },
  {
    name: 'disabled',
    title: 'ours, OTEL_SDK_DISABLED=true',
    lossless: true,
    file: PRODUCT,
    env: ({ url }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SDK_DISABLED: 'true' }),
    exact: true,
  },
  {
    name: 'pass-through',
    title: 'behind a bare pass-through',
    file: server('pass-through.mjs'),
    behind: STOCK,
    figures: ['start', 'added', 'load', 'volume'],
  },
  {
    name: 'observe',
    title: 'behind observe',
    lossless: true,
    file: PRODUCT,
    args: ['observe', '--'],
    behind: STOCK,
    env: ({ url }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }),
    spans: 'all',
    logs: true,
    counter: 'mcp.requests.total',
    figures: ['start', 'added', 'load', 'receivers', 'volume'],
  },
  {
    name: 'observe-disabled',
    title: 'behind observe, OTEL_SDK_DISABLED=true',
    lossless: true,
    file: PRODUCT,
    args: ['observe', '--'],
    behind: STOCK,
    env: ({ url }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SDK_DISABLED: 'true' }),
    figures: ['added', 'load', 'volume'],
  },
  {
    name: 'bare-http',
    title: 'bare Node HTTP server',
    transport: 'http',
    file: server('bare-http.mjs'),
    figures: ['http'],
  },
  {
    name: 'stock-http',
    title: "stock SDK server, the SDK's HTTP",
    transport: 'http',
    file: server('stock-http.mjs'),
    stateless: ['stateless'],
    figures: HTTP_FIGURES,
  },
  {
    name: 'ours-http',
    title: 'ours over HTTP, everything on',
    transport: 'http',
    lossless: true,
    file: PRODUCT,
    args: ['serve', '--transport', 'http', '--port', '0'],
    env: ({ url }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }),
    spans: 'all',
    logs: true,
    counter: 'mcp.requests.total',
    figures: HTTP_FIGURES,
  },
].map((variant) => ({
  transport: 'stdio',
  baseline: BASELINES[variant.transport ?? 'stdio'],
  args: [],
  stateless: [],
  env: () => ({}),
  spans: 'none',
  logs: false,
  lossless: false,
  exact: false,
  ...variant,
}));
