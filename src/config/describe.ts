import type { LoadedSettings } from './load';
import { redact, redactUrls } from './redact';
import { metaOf, SETTING_KEYS, type SettingKey } from './schema';
import type { Source } from './source';
import { SIGNALS, type SignalName, type SignalSettings } from './settings';

/** The settings as they stand, for people and for scripts: no secret is in them. */
export interface SettingsDescription {
  readonly endpoints: Readonly<Record<SignalName, DescribedEndpoint>>;
  /** Every setting there is. */
  readonly settings: readonly DescribedSetting[];
  readonly warnings: readonly string[];
}

/** Where a signal goes. */
export interface DescribedEndpoint {
  readonly exporters: SignalSettings['exporters'];
  /** The full URL that is posted to; null where the signal is not sent. */
  readonly url: string | null;
  /** Who said so. */
  readonly source: Source;
}

export interface DescribedSetting {
  /** Its flag, else its variable. */
  readonly name: string;
  readonly flag: string | null;
  /** The first that is set wins. */
  readonly variables: readonly string[];
  /** Null where nobody set it and no one text is the default. */
  readonly value: string | null;
  readonly source: Source;
}

/** Every setting with its value and where that came from, secrets redacted. */
export function describeSettings(loaded: LoadedSettings): SettingsDescription {
  const [traces, metrics, logs] = SIGNALS.map((signal) => describeEndpoint(signal, loaded));
  return {
    endpoints: { traces: traces!, metrics: metrics!, logs: logs! },
    settings: SETTING_KEYS.map((key) => describeSetting(key, loaded)),
    warnings: loaded.warnings,
  };
}

function describeEndpoint(signal: SignalName, loaded: LoadedSettings): DescribedEndpoint {
  const { settings, sources, endpoints } = loaded;
  if (settings.sdkDisabled) return { exporters: [], url: null, source: sources.sdkDisabled };
  const { exporters } = settings.signals[signal];
  if (!exporters.includes('otlp')) return { exporters, url: null, source: sources[signal] };
  const { url, source } = endpoints[signal];
  return { exporters, url: redactUrls(url), source };
}

function describeSetting(key: SettingKey, loaded: LoadedSettings): DescribedSetting {
  const { flag, env, secret, default: usual } = metaOf(key);
  const given = loaded.texts[key];
  const shown = given === undefined ? undefined : secret ? redact(given) : redactUrls(given);
  const standIn = given === undefined ? standInFor(key, loaded) : undefined;
  return {
    name: flag ?? env[0]!,
    flag: flag ?? null,
    variables: env,
    value: shown ?? standIn?.value ?? usual ?? null,
    source: standIn?.source ?? loaded.sources[key],
  };
}

/** The settings for which an attribute of the resource can stand in. */
const ATTRIBUTES = {
  serviceName: 'service.name',
  serviceVersion: 'service.version',
  phoenixProject: 'openinference.project.name',
} as const;

/** What a setting that nobody gave comes to by others, and which of them says so. */
function standInFor(key: SettingKey, { settings, sources }: LoadedSettings) {
  if (!Object.hasOwn(ATTRIBUTES, key)) return undefined;
  const name = key as keyof typeof ATTRIBUTES;
  const isAttribute = Boolean(settings.resourceAttributes[ATTRIBUTES[name]]);
  return {
    value: redactUrls(settings[name]),
    source: isAttribute ? sources.resourceAttributes : sources[name],
  };
}
