import type { Settings, SignalSettings } from './settings';

/** Stands for a secret wherever one is left out. Its length says nothing about the secret's. */
export const MASK = '***';

/** A secret as it is printed: masked, or empty. */
export const redact = (secret: string): string => (secret === '' ? '' : MASK);

/** Masks what a text may hold of URLs' secrets: user and password, the query's values, the fragment. */
export const redactUrls = (text: string): string => replaceUrlSecrets(text, () => MASK);

/**
 * Puts something else in place of the secrets that a URL in a text may hold. Rather too much than too
 * little: a password may have any character, so that all up to the last @ of the line counts as one.
 *
 * @param standIn what stands for a part: `credentials`, the query's parameter that is named, `query`
 *   for one without a name, `fragment`
 */
export const replaceUrlSecrets = (text: string, standIn: (part: string) => string): string =>
  text
    .replace(/(\/\/).*@/g, (_, slashes) => `${slashes}${standIn('credentials')}@`)
    // A URL without its scheme is a common slip: user:password@host
    .replace(/(^|[\s'"])[^\s'"/@]+:.*@/g, (match, before) =>
      match.includes('//') ? match : `${before}${standIn('credentials')}@`,
    )
    .replace(/([?&])([^=&\s#'"]+)(=[^&\s#'"]*)?/g, (_, before, name, value) =>
      value === undefined ? before + standIn('query') : `${before}${name}=${standIn(name)}`,
    )
    .replace(/(\/\/[^#]*#)[^'"]+/g, (_, before) => before + standIn('fragment'));

/** The settings with every secret masked (header values, credentials in URLs, the TLS key). */
export function redactSettings(settings: Settings): Settings {
  const { traces, metrics, logs } = settings.signals;
  return {
    ...settings,
    signals: {
      traces: redactSignal(traces),
      metrics: redactSignal(metrics),
      logs: redactSignal(logs),
    },
  };
}

function redactSignal(signal: SignalSettings): SignalSettings {
  const { key, ...certificates } = signal.tls;
  return {
    ...signal,
    url: redactUrls(signal.url),
    ...(signal.proxy !== undefined && { proxy: redactUrls(signal.proxy) }),
    headers: Object.fromEntries(
      Object.entries(signal.headers).map(([name, value]) => [name, redact(value)]),
    ),
    tls: key === undefined ? certificates : { ...certificates, key: redact(key) },
  };
}
