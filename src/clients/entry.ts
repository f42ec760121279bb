import { posix, win32 } from 'node:path';
import { replaceUrlSecrets, type GivenSetting } from '../config';
import { launchCommand, type Command, type Program } from './launch';
import { nameOfObserved } from './observed';

/** How a client is to start the server, and with which settings. */
export interface Entry extends Command {
  /** What the server is called in a client. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** The names of the secrets for which something stands in the entry, each once. */
  readonly hidden: readonly string[];
}

const NAME = 'calculator';

/** What stands for a secret, by its name: `PHOENIX_API_KEY` → `<PHOENIX_API_KEY>`. */
export type StandIn = (name: string) => string;

/**
 * Variables stay variables and flags stay flags, for a flag beats a variable. A client starts
 * servers in a folder of its own: paths are made absolute.
 *
 * @param standIn undefined: secrets are written out
 */
export function makeEntry(
  given: readonly GivenSetting[],
  program: Program,
  standIn: StandIn | undefined,
): Entry {
  const hidden = new Set<string>();
  const hide: StandIn = (name) => {
    hidden.add(name);
    return standIn!(name);
  };
  const { observed } = program;
  const taker = observed ? 'observe' : 'calculator';
  const taken = given.filter(({ appliesTo = taker }) => appliesTo === taker);
  const written = taken.map(({ kind, name, ...setting }) => {
    const text = setting.isFile ? absolute(setting.text, program) : setting.text;
    const shown = standIn ? hideSecrets({ ...setting, name, text }, hide) : text;
    return { kind, name, words: setting.isSwitch ? [name] : [name, shown], text: shown };
  });
  const { command, args } = launchCommand(program);
  const flags = written.filter(({ kind }) => kind === 'flag');
  const variables = written.filter(({ kind }) => kind === 'variable');
  const words = flags.flatMap((flag) => flag.words);
  return {
    name: observed ? nameOfObserved(observed) : NAME,
    command,
    args: observed
      ? [...args, 'observe', ...words, '--', observed.command, ...observed.args]
      : [...args, ...words],
    env: Object.fromEntries(variables.map(({ name, text }) => [name, text])),
    hidden: [...hidden],
  };
}

const absolute = (path: string, { platform, cwd }: Program): string =>
  (platform === 'win32' ? win32 : posix).resolve(cwd, path);

function hideSecrets(
  { name, text, isSecret }: Pick<GivenSetting, 'name' | 'text' | 'isSecret'>,
  hide: StandIn,
): string {
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
