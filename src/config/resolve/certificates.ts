import { quote, reasonOf } from '../errors';
import { SIGNALS, type SignalName, type SignalSettings } from '../settings';
import { nameOf, signalKey, type CertificateSuffix, type Resolving } from './context';

type Tls = SignalSettings['tls'];
type PartKey = `otlp${CertificateSuffix}` | `otlp${Capitalize<SignalName>}${CertificateSuffix}`;

const PARTS: readonly (readonly [keyof Tls, CertificateSuffix])[] = [
  ['ca', 'Certificate'],
  ['cert', 'ClientCertificate'],
  ['key', 'ClientKey'],
];

/** Reads each PEM file that is named, once. One that cannot be used costs a warning. */
export function resolveCertificates(resolving: Resolving): Readonly<Record<SignalName, Tls>> {
  const general = tlsOf((suffix) => `otlp${suffix}`, resolving);
  return Object.fromEntries(
    SIGNALS.map((signal) => [
      signal,
      { ...general, ...tlsOf((suffix) => signalKey(suffix, signal), resolving) },
    ]),
  ) as Record<SignalName, Tls>;
}

function tlsOf(keyOf: (suffix: CertificateSuffix) => PartKey, resolving: Resolving): Tls {
  const parts = PARTS.map(([part, suffix]) => [part, readPem(keyOf(suffix), resolving)] as const);
  return Object.fromEntries(parts.filter(([, pem]) => pem !== undefined));
}

function readPem(key: PartKey, resolving: Resolving): string | undefined {
  const path = resolving.values[key];
  if (path === undefined) return undefined;
  const ignored = (why: string): undefined =>
    void resolving.warn(`${nameOf(resolving, key)}: ${quote(path)} ${why}; it is ignored`);
  try {
    const content = resolving.readFile(path);
    return content.includes('-----BEGIN ') ? content : ignored('is no PEM file');
  } catch (error) {
    return ignored(`cannot be read: ${reasonOf(error)}`);
  }
}
