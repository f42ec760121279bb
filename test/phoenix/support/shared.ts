import { appendFileSync } from 'node:fs';
import { PhoenixClient } from './client';
import { startPhoenix, type Phoenix } from './phoenix';

/** What global-setup.ts hands to the tests. */
export interface Shared {
  /** The `phoenix` command. */
  command: string;
  /** The instance that all tests may use, each with projects of its own. */
  url: string;
  /** A file that gets a line for each lot of spans that were checked. */
  checkedFile: string;
}

/** cleanEnvironment() keeps it from the product. */
const NAME = 'JEST_PHOENIX';

export const share = (shared: Shared): void => void (process.env[NAME] = JSON.stringify(shared));

export const shared = (): Shared => JSON.parse(process.env[NAME]!) as Shared;

export const sharedPhoenix = (): PhoenixClient => new PhoenixClient(shared().url);

/** A Phoenix beside the shared one, with settings of its own. */
export const ownPhoenix = (env: Record<string, string>): Promise<Phoenix> =>
  startPhoenix({ command: shared().command, env });

/** Counts spans that were compared with what should be there, for the line at the end of the run. */
export const checked = (spans: number): void => appendFileSync(shared().checkedFile, `${spans}\n`);
