import { metaOf, SETTING_KEYS, type SettingKey } from './schema';
import type { Taker } from './setting';

/** What the command line needs of a setting that has a flag. */
export interface FlagDefinition {
  readonly key: SettingKey;
  /** `--log-level <level>`; of a switch, which means `on`, the name alone. */
  readonly flags: string;
  /** The only ones that take it; absent: all do. */
  readonly appliesTo: Taker | undefined;
  /** One sentence, then the variables and the default in brackets. */
  readonly description: string;
}

export function flagDefinitions(): readonly FlagDefinition[] {
  return SETTING_KEYS.flatMap((key) => {
    const { flag, placeholder, description, env, ...meta } = metaOf(key);
    if (flag === undefined) return [];
    const byDefault = meta.otherwise ?? meta.default ?? meta.usual;
    const notes = [...env, ...(byDefault === undefined ? [] : [`default: ${byDefault}`])];
    const bracket = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
    const flags = placeholder === undefined ? flag : `${flag} ${placeholder}`;
    return [{ key, flags, appliesTo: meta.appliesTo, description: description + bracket }];
  });
}
