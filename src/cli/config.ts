import { realpathSync } from 'node:fs';
import { describeForClient } from '../clients';
import { describeSettings, givenSettings, type LoadedSettings } from '../config';
import type { Asked } from './asked';
import { print } from './print';
import { renderSettings } from './settings-text';

type Wanted = Pick<Extract<Asked, { command: 'config' }>, 'json' | 'client'>;

/**
 * Prints the settings, or what a client needs to start the server with them.
 *
 * @returns the exit code
 */
export async function config(loaded: LoadedSettings, { json, client }: Wanted): Promise<number> {
  if (json) {
    await print(JSON.stringify(describeSettings(loaded), null, 2));
    return 0;
  }
  tell(loaded.warnings);
  if (client === undefined) {
    await print(renderSettings(describeSettings(loaded)));
    return 0;
  }
  const { platform, execPath, argv } = process;
  const program = { platform, execPath, path: realpathSync(argv[1]!), cwd: process.cwd() };
  const { text, notes } = describeForClient(client.name, givenSettings(loaded), program, client);
  await print(text);
  tell(notes);
  return 0;
}

const tell = (lines: readonly string[]): void =>
  lines.forEach((line) => process.stderr.write(`ts-calculator: ${line}\n`));
