import { readFileSync } from 'node:fs';
import { readEnvFile } from './env-file';
import { read, type ReadOptions } from './read';
import { resolve, type Endpoint } from './resolve';
import type { Settings, SignalName } from './settings';
import { validate, type Validated } from './validate';

export interface LoadOptions extends Omit<ReadOptions, 'file'> {
  /** The service's version where nobody gives another. */
  readonly packageVersion: string;
  /** Reads a text file (--env-file, certificates). Throws where it cannot. */
  readonly readFile?: (path: string) => string;
}

export interface LoadedSettings {
  readonly settings: Settings;
  /** Where each setting's value came from. */
  readonly sources: Validated['sources'];
  /** The text that was given for a setting; secrets included, so print `describeSettings` instead. */
  readonly texts: Validated['texts'];
  /** Where each signal's URL came from. */
  readonly endpoints: Readonly<Record<SignalName, Endpoint>>;
  /** One line each; none holds a secret. */
  readonly warnings: readonly string[];
}

/**
 * Flags, environment and --env-file → the program's settings. Throws a ConfigError (one line) for
 * a bad flag, a bad TS_CALCULATOR_* value or an unreadable --env-file; other bad values are warnings.
 */
export function loadSettings(options: LoadOptions): LoadedSettings {
  const { packageVersion, readFile = readText, ...given } = options;
  const file = given.flags.envFile ? readEnvFile(given.flags.envFile, readFile) : undefined;
  const { values, sources, texts, warnings } = validate(read({ ...given, file }));
  const told: string[] = [];
  const warn = (line: string): void => void told.push(line);
  const { settings, endpoints } = resolve({ values, sources, warn, readFile }, packageVersion);
  return { settings, sources, texts, endpoints, warnings: [...warnings, ...told] };
}

const readText = (path: string): string => readFileSync(path, 'utf8');
