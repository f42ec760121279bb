import { join } from 'node:path';

/** What install.mjs prints. */
interface Installed {
  /** Folders with commands; the last with --victoria alone. */
  debian: string;
  collector: string;
  victoria?: string;
  /** The folder with docker-compose, and what its Python needs to find its modules. */
  compose: { bin: string; env: Record<string, string> };
  /** The command. */
  phoenix: string;
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
