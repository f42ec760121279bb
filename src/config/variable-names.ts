import { metaOf, SETTING_KEYS } from './schema';

/** Every variable that is read. */
export const variableNames = (): ReadonlySet<string> =>
  new Set(SETTING_KEYS.flatMap((key) => metaOf(key).env));
