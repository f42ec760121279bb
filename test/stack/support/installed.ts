import { join } from 'node:path';

/** cleanEnvironment() keeps it from the servers. */
const NAME = 'JEST_STACK';

export const share = (folder: string): void => void (process.env[NAME] = folder);

/** A command of Debian's packages. */
export const debian = (command: 'promtool' | 'prometheus' | 'amtool' | 'vmalert'): string =>
  join(process.env[NAME]!, command);
