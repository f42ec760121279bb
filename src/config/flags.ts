import { metaOf, SETTING_KEYS, type SettingKey } from './schema';

/** What the command line needs of a setting that has a flag. */
export interface FlagDefinition {
  readonly key: SettingKey;
  /** `--log-level <level>` */
  readonly flags: string;
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
    return [{ key, flags: `${flag} ${placeholder}`, description: description + bracket }];
  });
}
