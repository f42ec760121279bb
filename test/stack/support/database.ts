import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closedPort } from '../../e2e/support/free-port';
import { duration } from '../../../examples/monitoring/generate/duration';
import type { Receiver } from '../../support/receiver';
import { DATABASE } from './chosen';
import { startCollector } from './collector';
import { configuration } from './configuration';
import { debian, victoria } from './installed';
import { startPart, type Part } from './part';
import { PromApi } from './prom-api';

/** What evaluates rules, and whom it tells. */
export interface Rules {
  /** As rulesFile() has them. */
  readonly text: string;
  /** Seconds between two evaluations. */
  readonly interval: number;
  /** Alertmanager's base URL. */
  readonly alertmanager: string;
}

/** A database of metrics, and the way into it. */
export interface Database {
  readonly name: 'Prometheus' | 'VictoriaMetrics';
  readonly api: PromApi;
  /** A server's environment: its metrics get there, traces and log records to the receiver. */
  readonly env: Record<string, string>;
  stop(): Promise<void>;
}

interface Options {
  /** An empty folder for what it stores. */
  readonly folder: string;
  /** Where traces go, and log records that do not go into a file. */
  readonly receiver: Pick<Receiver, 'url' | 'env'>;
  /** The collector's, after collector.yaml. */
  readonly configs?: string[];
  /** None: it keeps metrics and no more. */
  readonly rules?: Rules;
}

/** Starts the one that main.mjs was asked for. */
export const startDatabase = (options: Options): Promise<Database> =>
  DATABASE === 'victoria' ? startVictoria(options) : startPrometheus(options);

/** Server → collector → remote write → Prometheus: what examples/monitoring has. */
export async function startPrometheus({
  folder,
  receiver,
  rules,
  configs = [],
}: Options): Promise<Database> {
  const file = join(folder, 'prometheus.yml');
  const target = new URL(rules?.alertmanager ?? 'http://localhost:9093').host;
  writeFileSync(file, configuration('prometheus.yml', [['localhost:9093', target]]));
  mkdirSync(join(folder, 'rules'));
  if (rules) writeFileSync(join(folder, 'rules', 'mcp.rules.yml'), rules.text);

  const address = `127.0.0.1:${await closedPort()}`;
  const url = `http://${address}`;
  const options = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'prometheus')}`,
    `--web.listen-address=${address}`,
    '--web.enable-remote-write-receiver',
    // For the first seconds it knows of no Alertmanager, and has nobody to tell.
    '--rules.alert.resend-delay=5s',
  ];
  const prometheus = await startPart([debian('prometheus'), ...options], url, `${url}/-/ready`);
  const places = { phoenix: receiver.url, prometheus: url, folder };
  const collector = await startCollector({ ...places, configs });
  return {
    name: 'Prometheus',
    api: new PromApi(url),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    stop: () => stopAll([collector, prometheus]),
  };
}

/** Server → VictoriaMetrics, which takes OTLP; vmalert has the rules. */
async function startVictoria({ folder, receiver, rules }: Options): Promise<Database> {
  const address = `127.0.0.1:${await closedPort()}`;
  const url = `http://${address}`;
  const options = [
    `-storageDataPath=${join(folder, 'victoria-metrics')}`,
    `-httpListenAddr=${address}`,
    '-opentelemetry.usePrometheusNaming',
    // Else what is new is hidden for half a minute.
    '-search.latencyOffset=1s',
  ];
  const ready = `${url}/-/ready`;
  const parts = [await startPart([victoria('victoria-metrics'), ...options], url, ready)];
  if (rules) parts.unshift(await startVmalert(folder, url, rules));
  return {
    name: 'VictoriaMetrics',
    api: new PromApi(url),
    env: {
      ...receiver.env,
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${url}/opentelemetry/v1/metrics`,
    },
    stop: () => stopAll(parts),
  };
}

async function startVmalert(folder: string, database: string, rules: Rules): Promise<Part> {
  const file = join(folder, 'mcp.rules.yml');
  writeFileSync(file, rules.text);
  const address = `127.0.0.1:${await closedPort()}`;
  const url = `http://${address}`;
  const options = [
    `-rule=${file}`,
    `-datasource.url=${database}`,
    `-remoteWrite.url=${database}`,
    `-notifier.url=${rules.alertmanager}`,
    `-httpListenAddr=${address}`,
    `-evaluationInterval=${duration(rules.interval)}`,
    '-rule.evalDelay=0s',
    '-remoteWrite.flushInterval=500ms',
    // The alerts have the labels that Prometheus gives them.
    '-disableAlertgroupLabel',
  ];
  return startPart([victoria('vmalert'), ...options], url, `${url}/health`);
}

/** In the order of their flow, so that none complains of another's end. */
async function stopAll(parts: readonly Part[]): Promise<void> {
  for (const part of parts) await part.stop();
}
