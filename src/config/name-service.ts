import type { LoadedSettings } from './load';
import { resolveIdentity, type UsualIdentity } from './resolve/identity';
import type { Settings } from './settings';

/** The settings for a service that says itself who it is; what somebody gave stays. */
export function nameService({ settings, texts }: LoadedSettings, said: UsualIdentity): Settings {
  return { ...settings, ...resolveIdentity(texts, settings.resourceAttributes, said) };
}
