import type { EnvFile } from './env-file';
import { ConfigError } from './errors';
import { metaOf, SETTING_KEYS, type SettingKey } from './schema';
import type { Taker } from './setting';
import { DEFAULT_SOURCE, type Source } from './source';

/** A text for a setting, and where it came from. */
export interface Candidate {
  readonly text: string;
  readonly source: Source;
}

/** Each setting's candidates, best first. */
export type Candidates = Readonly<Record<SettingKey, readonly Candidate[]>>;

export interface ReadOptions {
  /** By setting key, as commander names them: `{ logLevel: 'debug' }`. */
  readonly flags: Readonly<Partial<Record<SettingKey, string | undefined>>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file?: EnvFile | undefined;
  /** A command's own defaults, in place of the schema's: `{ captureContent: 'off' }`. */
  readonly defaults?: Readonly<Partial<Record<SettingKey, string>>> | undefined;
  /** What is not for them is left unread, right or wrong. Absent: all is read. */
  readonly takers?: readonly Taker[] | undefined;
}

/**
 * Collects what is set: flag, then each variable (the real environment's, else the file's).
 * White space around a text does not count, and an empty text counts as unset.
 *
 * @throws {ConfigError} a flag for a file is empty
 */
export function read(options: ReadOptions): Candidates {
  return Object.fromEntries(
    SETTING_KEYS.map((key) => [key, candidatesFor(key, options)]),
  ) as unknown as Candidates;
}

function candidatesFor(key: SettingKey, options: ReadOptions): readonly Candidate[] {
  const { flag, env, appliesTo, isFile } = metaOf(key);
  const { takers } = options;
  if (takers && appliesTo && !takers.includes(appliesTo)) return [];
  // `--auth-token-file "$TOKENS"` must not leave a door open where TOKENS is unset.
  if (isFile && options.flags[key]?.trim() === '') {
    throw new ConfigError(`${flag}: names no file: its value is empty`);
  }
  return [
    candidate(flag && options.flags[key], { kind: 'flag', name: flag! }),
    ...env.map((name) => fromVariable(name, options)),
    candidate(options.defaults?.[key], DEFAULT_SOURCE),
  ].filter((found) => found !== undefined);
}

function fromVariable(name: string, { env, file }: ReadOptions): Candidate | undefined {
  const real = candidate(env[name], { kind: 'variable', name });
  return real ?? (file && candidate(file.values[name], { kind: 'file', name, file: file.path }));
}

function candidate(text: string | undefined, source: Source): Candidate | undefined {
  const trimmed = text?.trim();
  return trimmed ? { text: trimmed, source } : undefined;
}
