export {
  describeSettings,
  type DescribedEndpoint,
  type DescribedSetting,
  type SettingsDescription,
} from './describe';
export { ConfigError, onOneLine } from './errors';
export { flagDefinitions, type FlagDefinition } from './flags';
export { givenSettings, type GivenSetting } from './given';
export { loadSettings, type LoadedSettings, type LoadOptions } from './load';
export { nameService } from './name-service';
export { tokensIn, type Endpoint } from './resolve';
export { redact, redactSettings, redactUrls, replaceUrlSecrets } from './redact';
export { describeSource, type Source } from './source';
export { OBSERVE_DEFAULTS } from './schema/observe';
export type { Taker } from './setting';
export { SIGNALS } from './settings';
export type * from './settings';
export { variableNames } from './variable-names';
