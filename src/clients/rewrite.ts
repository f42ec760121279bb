import { posix, win32 } from 'node:path';
import { replaceUrlSecrets, type GivenSetting, type Taker } from '../config';
import type { Program } from './launch';

/** What stands for a secret, by its name: `PHOENIX_API_KEY` → `<PHOENIX_API_KEY>`. */
export type StandIn = (name: string) => string;

export const inAngles: StandIn = (name) => `<${name}>`;

/** Settings as they are to be given again, elsewhere. */
export interface Rewritten {
  /** The words of a command line. */
  readonly flags: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** The names of the secrets for which something stands there, each once. */
  readonly hidden: readonly string[];
}

/**
 * Variables stay variables and flags stay flags, for a flag beats a variable. Paths are made absolute.
 *
 * @param takers whose settings are wanted, beside those that are for all
 * @param standIn undefined: secrets are written out
 */
export function rewrite(
  given: readonly GivenSetting[],
  takers: readonly Taker[],
  program: Program,
  standIn: StandIn | undefined,
): Rewritten {
  const hidden = new Set<string>();
  const hide: StandIn = (name) => {
    hidden.add(name);
    return standIn!(name);
  };
  const written = given
    .filter(({ appliesTo }) => appliesTo === undefined || takers.includes(appliesTo))
    .map((setting) => {
      const text = setting.isFile ? absolute(setting.text, program) : setting.text;
      return { ...setting, text: standIn ? hideSecrets({ ...setting, text }, hide) : text };
    });
  const flags = written.filter(({ kind }) => kind === 'flag');
  const variables = written.filter(({ kind }) => kind === 'variable');
  return {
    flags: flags.flatMap(({ name, text, isSwitch }) => (isSwitch ? [name] : [name, text])),
    variables: Object.fromEntries(variables.map(({ name, text }) => [name, text])),
    hidden: [...hidden],
  };
}

const absolute = (path: string, { platform, cwd }: Program): string =>
  (platform === 'win32' ? win32 : posix).resolve(cwd, path);

function hideSecrets({ name, text, isSecret }: GivenSetting, hide: StandIn): string {
  const owner = variableName(name);
  if (isSecret) return hide(owner);
  return replaceUrlSecrets(text, (part) => hide(`${owner}_${variableName(part)}`));
}

/** `--otlp-endpoint` → `OTLP_ENDPOINT`. */
const variableName = (name: string): string =>
  name
    .replace(/^-+/, '')
    .replace(/[^a-z0-9]+/gi, '_')
    .toUpperCase();
