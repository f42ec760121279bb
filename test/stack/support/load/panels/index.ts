import type { Expectation } from '../expectation';
import { HEALTH } from './health';
import { OVERVIEW } from './overview';
import { SESSIONS } from './sessions';
import { TOOLS } from './tools';

/** What each query of each panel should answer, by its name. */
export const PANELS: Readonly<Record<string, Expectation>> = {
  ...OVERVIEW,
  ...TOOLS,
  ...SESSIONS,
  ...HEALTH,
};
