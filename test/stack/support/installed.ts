import { join } from 'node:path';
import { ROOT } from '../../support/root';

/** What install.mjs prints: folders with commands. */
type Installed = Record<'debian' | 'collector' | 'sibling' | 'everything' | 'victoria', string>;

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

/** The sibling: docs/telemetry.json, played by a Python program. It leaves no compiled files beside itself. */
export const sibling = (): [string, ...string[]] => [
  join(folder('sibling'), 'bin', 'python'),
  '-B',
  join(__dirname, '..', 'sibling', 'sibling.py'),
  join(ROOT, 'docs', 'telemetry.json'),
];

/** The published server with all that the official Go SDK has. */
export const everything = (): string => join(folder('everything'), 'everything');
