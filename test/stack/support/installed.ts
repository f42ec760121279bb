import { join } from 'node:path';

/** What install.mjs prints: folders with commands. */
type Installed = Record<'debian' | 'collector' | 'victoria', string>;

/** cleanEnvironment() keeps it from the servers. */
const NAME = 'JEST_STACK';

export const share = (json: string): void => void (process.env[NAME] = json);

const folder = (name: keyof Installed): string =>
  (JSON.parse(process.env[NAME]!) as Installed)[name];

/** A command of Debian's packages. */
export const debian = (
  command: 'promtool' | 'prometheus' | 'amtool' | 'vmalert' | 'prometheus-alertmanager',
): string => join(folder('debian'), command);

/** The collector's command. */
export const collector = (): string => join(folder('collector'), 'otelcol-contrib');

/** A command of the VictoriaMetrics that takes OTLP; there with --victoria alone. */
export const victoria = (command: 'victoria-metrics' | 'vmalert'): string =>
  join(folder('victoria'), command);
