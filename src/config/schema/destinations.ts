import { headerListOrJson, headerValue } from '../pairs';
import { httpUrl, listOrNone, text } from '../readers';
import { optionalSetting, setting } from '../setting';
import type { SignalName } from '../settings';

const exporters = (signal: SignalName) =>
  setting(listOrNone('otlp', 'console'), {
    flag: `--${signal}`,
    placeholder: '<exporters>',
    env: [`OTEL_${signal.toUpperCase()}_EXPORTER`],
    description: `Where ${signal} go: otlp, console (stderr), none, or a list`,
    default: 'otlp',
  });

/** Where telemetry goes. */
export const destinations = {
  traces: exporters('traces'),
  metrics: exporters('metrics'),
  logs: exporters('logs'),
  otlpEndpoint: optionalSetting(httpUrl, {
    flag: '--otlp-endpoint',
    placeholder: '<url>',
    env: ['OTEL_EXPORTER_OTLP_ENDPOINT'],
    description:
      'Base URL of an OTLP/HTTP receiver for all signals; /v1/traces and so on is appended',
    usual: 'http://localhost:4318',
    otherwise: 'http://localhost:4318 for metrics and logs',
    perSignal: 'OTEL_EXPORTER_OTLP_{TRACES,METRICS,LOGS}_ENDPOINT',
  }),
  phoenixEndpoint: optionalSetting(httpUrl, {
    flag: '--phoenix-endpoint',
    placeholder: '<url>',
    env: ['PHOENIX_ENDPOINT', 'PHOENIX_COLLECTOR_ENDPOINT'],
    description:
      'Phoenix, which takes the traces: base URL or full; /v1/traces is appended where missing',
    usual: 'http://localhost:6006/v1/traces',
  }),
  phoenixProject: optionalSetting(text, {
    flag: '--phoenix-project',
    placeholder: '<name>',
    env: ['PHOENIX_PROJECT_NAME', 'PHOENIX_PROJECT'],
    description:
      'The project in Phoenix; openinference.project.name of the resource attributes stands in',
    otherwise: 'the service name',
  }),
  phoenixApiKey: optionalSetting(headerValue, {
    env: ['PHOENIX_API_KEY'],
    secret: true,
    description: 'Sent as a bearer token, and only to an endpoint that is meant as Phoenix',
  }),
  phoenixClientHeaders: optionalSetting(headerListOrJson, {
    env: ['PHOENIX_CLIENT_HEADERS'],
    secret: true,
    description: 'More headers for Phoenix: name=value,name2=value2 or a JSON object',
  }),
  phoenixMetricsEndpoint: optionalSetting(httpUrl, {
    env: ['PHOENIX_METRICS_ENDPOINT'],
    description:
      'Takes the metrics, as a collector does and Phoenix does not: base URL or full; /v1/metrics is appended where missing',
    otherwise: 'as OTEL_EXPORTER_OTLP_ENDPOINT',
  }),
};
