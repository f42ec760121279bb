import { closedPort } from '../../e2e/support/free-port';
import { MONITORING } from '../../support/root';
import { collector } from './installed';
import { startPart, type Part } from './part';

export interface CollectorOptions {
  /** Base URLs of what it hands on to. */
  readonly phoenix: string;
  readonly prometheus: string;
  /** Where its queue and its log records lie. */
  readonly folder: string;
  /** The port for OTLP. Default: a free one. */
  readonly port?: number;
  /** Files of examples/monitoring, or `yaml:…`, that come after collector.yaml. */
  readonly configs?: readonly string[];
}

/** Starts the real collector with examples/monitoring/collector.yaml. Its URL takes OTLP over HTTP. */
export async function startCollector(options: CollectorOptions): Promise<Part> {
  const { phoenix, prometheus, folder, configs = [] } = options;
  const address = `127.0.0.1:${options.port ?? (await closedPort())}`;
  const health = `127.0.0.1:${await closedPort()}`;
  const places = [
    `yaml:receivers::otlp::protocols::http::endpoint: ${address}`,
    `yaml:extensions::health_check::endpoint: ${health}`,
  ];
  const all = ['collector.yaml', ...configs, ...places];
  return startPart(
    [collector(), ...all.map((config) => `--config=${config}`)],
    `http://${address}`,
    `http://${health}/`,
    {
      cwd: MONITORING,
      env: { PHOENIX_URL: phoenix, PROMETHEUS_URL: prometheus, COLLECTOR_DATA: folder },
    },
  );
}
