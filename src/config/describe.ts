import type { LoadedSettings } from './load';
import { redact, redactUrls } from './redact';
import { metaOf, SETTING_KEYS, type SettingKey } from './schema';
import { describeSource } from './source';
import { SIGNALS } from './settings';

/** A setting for people: no secret is in it. */
export interface SettingRow {
  /** Its flag, else its variable; `traces endpoint` and so on for the URLs that they come to. */
  readonly name: string;
  /** Empty where there is none. */
  readonly value: string;
  /** `--log-level`, `OTEL_LOG_LEVEL`, `OTEL_LOG_LEVEL in FILE` or `default`. */
  readonly source: string;
}

/** Every setting with its value and where that came from, secrets redacted. */
export function describeSettings(loaded: LoadedSettings): readonly SettingRow[] {
  const endpoints = SIGNALS.map((signal) => ({
    name: `${signal} endpoint`,
    value: redactUrls(loaded.endpoints[signal].url),
    source: describeSource(loaded.endpoints[signal].source),
  }));
  const settings = SETTING_KEYS.map((key) => {
    const { flag, env } = metaOf(key);
    const source = describeSource(loaded.sources[key]);
    return { name: flag ?? env[0]!, value: shownValue(key, loaded), source };
  });
  return [...endpoints, ...settings];
}

function shownValue(key: SettingKey, { texts, settings }: LoadedSettings): string {
  const meta = metaOf(key);
  const given = texts[key];
  if (given !== undefined) return meta.secret ? redact(given) : redactUrls(given);
  const { serviceName, serviceVersion, phoenixProject } = settings;
  const resolved: Partial<Record<SettingKey, string>> = {
    serviceName,
    serviceVersion,
    phoenixProject,
  };
  return resolved[key] ?? meta.default ?? '';
}
