import { join } from 'node:path';

/** The repository's folder. The tests run as CommonJS, hence `__dirname`. */
export const ROOT = join(__dirname, '..', '..');

/** The example that the tests of the stack start. */
export const MONITORING = join(ROOT, 'examples', 'monitoring');
