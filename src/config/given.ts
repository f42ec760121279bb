import type { LoadedSettings } from './load';
import { metaOf, SETTING_KEYS } from './schema';
import type { Taker } from './setting';

/** A setting that somebody gave, as it would have to be given again. */
export interface GivenSetting {
  /** Variables of an --env-file count as variables. */
  readonly kind: 'flag' | 'variable';
  /** `--log-level`, or the variable that was used. */
  readonly name: string;
  /** Secrets included: print it with care. */
  readonly text: string;
  /** The whole text is a secret. Of others a part may be (see `replaceUrlSecrets`). */
  readonly isSecret: boolean;
  /** A flag that stands alone and means `on`. */
  readonly isSwitch: boolean;
  /** The only ones that it is for; undefined: all. */
  readonly appliesTo: Taker | undefined;
  /** It names a file, maybe from the working directory. */
  readonly isFile: boolean;
}

/** What somebody gave and what counts, but for --env-file: what counts of its content is here. */
export function givenSettings({ texts, sources }: LoadedSettings): readonly GivenSetting[] {
  return SETTING_KEYS.flatMap((key) => {
    const [text, source] = [texts[key], sources[key]];
    if (key === 'envFile' || text === undefined || source.kind === 'default') return [];
    const { secret = false, isFile = false, placeholder, appliesTo } = metaOf(key);
    const kind = source.kind === 'flag' ? 'flag' : 'variable';
    const isSwitch = kind === 'flag' && placeholder === undefined;
    return [{ kind, name: source.name, text, isSecret: secret, isFile, isSwitch, appliesTo }];
  });
}
