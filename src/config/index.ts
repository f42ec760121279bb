export { describeSettings, type SettingRow } from './describe';
export { ConfigError } from './errors';
export { flagDefinitions, type FlagDefinition } from './flags';
export { loadSettings, type LoadedSettings, type LoadOptions } from './load';
export type { Endpoint } from './resolve';
export { redact, redactSettings, redactUrls } from './redact';
export { describeSource, type Source } from './source';
export type * from './settings';
