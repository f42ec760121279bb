import { join } from 'node:path';
import { ROOT } from '../../support/root';

/** What install.mjs prints. */
interface Installed {
  /** Folders with commands; the last with --victoria alone. */
  debian: string;
  collector: string;
  everything: string;
  victoria?: string;
  /** The folder with docker-compose, and what its Python needs to find its modules. */
  compose: { bin: string; env: Record<string, string> };
  /** The command. */
  phoenix: string;
  /** A Python environment. */
  sibling: string;
}

/** cleanEnvironment() keeps it from the servers. */
const NAME = 'JEST_STACK';

export const share = (json: string): void => void (process.env[NAME] = json);

const installed = (): Installed => JSON.parse(process.env[NAME]!) as Installed;

/** A command of Debian's packages. */
export const debian = (
  command: 'promtool' | 'prometheus' | 'amtool' | 'vmalert' | 'prometheus-alertmanager',
): string => join(installed().debian, command);

/** The collector's command. */
export const collector = (): string => join(installed().collector, 'otelcol-contrib');

/** A command of the VictoriaMetrics that takes OTLP; there with --victoria alone. */
export const victoria = (command: 'victoria-metrics' | 'vmalert'): string =>
  join(installed().victoria!, command);

/** Phoenix' command. */
export const phoenix = (): string => installed().phoenix;

/** Debian's docker-compose: the folder with the command, and its environment. */
export const compose = (): Installed['compose'] => installed().compose;

/** The sibling: docs/telemetry.json, played by a Python program. It leaves no compiled files beside itself. */
export const sibling = (): [string, ...string[]] => [
  join(installed().sibling, 'bin', 'python'),
  '-B',
  join(__dirname, '..', 'sibling', 'sibling.py'),
  join(ROOT, 'docs', 'telemetry.json'),
];

/** The published server with all that the official Go SDK has. */
export const everything = (): string => join(installed().everything, 'everything');
