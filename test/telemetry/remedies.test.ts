import { remedyFor, type Cause } from '../../src/telemetry/remedies';

// What the user reads of each thing that can stand in the way of a trace.
test.each<[Cause, RegExp | undefined]>([
  [301, /set the address that it leads to/],
  [400, /look at its log/],
  [401, /PHOENIX_API_KEY beside PHOENIX_ENDPOINT .* OTEL_EXPORTER_OTLP_HEADERS/],
  [403, /use one that does/],
  [404, /Phoenix: \/v1\/traces/],
  [405, /Phoenix: \/v1\/traces/],
  [407, /the proxy wants a name and a password/],
  [413, /OTEL_BSP_MAX_EXPORT_BATCH_SIZE/],
  [415, /OTEL_EXPORTER_OTLP_HEADERS/],
  [418, undefined],
  [422, /what stands between/],
  [429, /OTEL_TRACES_SAMPLER/],
  [500, /look at its log/],
  [502, /gateway/],
  [503, /OTEL_TRACES_SAMPLER/],
  [504, /gateway/],
  [507, /database is full/],
  ['html', /another program/],
  ['SELF_SIGNED_CERT_IN_CHAIN', /OTEL_EXPORTER_OTLP_CERTIFICATE$/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /another host/],
  ['ERR_SSL_WRONG_VERSION_NUMBER', /http:\/\/ in place of https:\/\//],
  ['HPE_INVALID_CONSTANT', /4317 is for gRPC/],
  ['ECONNRESET', /https:\/\/ in place of http:\/\//],
  ['EPROTO', /http:\/\/ in place of https:\/\//],
  ['behind', /look again later/],
  ['EPIPE', undefined],
])('%s', (cause, remedy) => {
  const told = remedyFor('traces', cause);
  if (remedy === undefined) expect(told).toBeUndefined();
  else expect(told).toMatch(remedy);
});

test.each([
  ['metrics', 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT or PHOENIX_METRICS_ENDPOINT'],
  ['logs', 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT'],
] as const)('where %s go that Phoenix does not take', (signal, settings) => {
  expect(remedyFor(signal, 405)).toBe(
    `${signal} are not taken there. Phoenix takes traces only: send ${signal} to a collector with ` +
      `${settings}, or nowhere with --${signal} none`,
  );
});
