import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeForClient, type Door, type Program } from '../clients';
import {
  describeSettings,
  describeSource,
  givenSettings,
  tokensIn,
  type LoadedSettings,
} from '../config';
import type { Command } from '../clients/launch';
import type { Asked } from './asked';
import { print } from './print';
import { renderSettings } from './settings-text';

type Wanted = Pick<Extract<Asked, { command: 'config' }>, 'json' | 'client' | 'observed'>;

/**
 * Prints the settings, or what a client needs to start the server with them or to reach it.
 *
 * @returns the exit code
 */
export async function config(
  loaded: LoadedSettings,
  { json, client, observed }: Wanted,
): Promise<number> {
  if (json) {
    await print(JSON.stringify(describeSettings(loaded), null, 2));
    return 0;
  }
  tell(loaded.warnings);
  if (client === undefined) {
    await print(renderSettings(describeSettings(loaded)));
    return 0;
  }
  const door = doorOf(loaded);
  if (door?.port === 0) {
    const name = describeSource(loaded.sources.port);
    tell([`${name}: 0 is any free port, of which a client cannot know; name one`]);
    return 1;
  }
  const { platform, execPath, argv } = process;
  const program: Program = {
    platform,
    execPath,
    path: realpathSync(argv[1]!),
    cwd: process.cwd(),
    ...(observed && { observed: withAbsolutePaths(observed) }),
  };
  const { text, notes } = describeForClient(client.name, givenSettings(loaded), program, {
    ...client,
    door,
  });
  await print(text);
  tell(notes);
  return 0;
}

/** Where a client finds the server; undefined where it starts one. */
function doorOf({ settings, texts }: LoadedSettings): Door | undefined {
  const { http } = settings;
  if (!http) return undefined;
  const file = texts.authTokenFile;
  return { ...http, token: file && tokensIn(readFileSync(file, 'utf8'))[0] };
}

/** A client starts servers in a folder of its own: what names a file of this one is made absolute. */
function withAbsolutePaths({ command, args }: Command): Command {
  return { command: /[\\/]/.test(command) ? absolute(command) : command, args: args.map(absolute) };
}

/** A bare word is a file's name where there is such a file; folders are often called as packages are. */
const absolute = (word: string): string =>
  /^\.{1,2}(?:[\\/]|$)/.test(word) || isFile(word) ? resolve(word) : word;

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const tell = (lines: readonly string[]): void =>
  lines.forEach((line) => process.stderr.write(`ts-calculator: ${line}\n`));
