import { join } from 'node:path';

/** The repository's folder. The tests run as CommonJS, hence `__dirname`. */
export const ROOT = join(__dirname, '..', '..');
