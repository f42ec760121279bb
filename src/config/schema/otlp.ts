import { headerList } from '../pairs';
import { httpUrl, oneOf, text, timeout, type Reader } from '../readers';
import { optionalSetting, setting, type OptionalField, type SettingMeta } from '../setting';
import { SIGNALS, type SignalName } from '../settings';

/** `traces` → `Traces`. */
export const capital = <S extends SignalName>(signal: S): Capitalize<S> =>
  (signal.charAt(0).toUpperCase() + signal.slice(1)) as Capitalize<S>;

type SignalForms<Suffix extends string, T> = Record<
  `otlp${Capitalize<SignalName>}${Suffix}`,
  OptionalField<T>
>;
type Meta = Omit<SettingMeta, 'env' | 'default'>;

const variable = (name: string, infix = ''): string => `OTEL_EXPORTER_OTLP_${infix}${name}`;

/** The three forms of one of OTEL_EXPORTER_OTLP_*'s variables that hold for one signal each. */
function signalForms<Suffix extends string, T>(
  suffix: Suffix,
  name: string,
  read: Reader<T>,
  meta: Meta,
): SignalForms<Suffix, T> {
  const forms = SIGNALS.map((signal) => [
    `otlp${capital(signal)}${suffix}`,
    optionalSetting(read, {
      otherwise: `as ${variable(name)}`,
      ...meta,
      env: [variable(name, `${signal.toUpperCase()}_`)],
      description: `For ${signal}: ${meta.description}`,
      isSignalForm: true,
    }),
  ]);
  return Object.fromEntries(forms) as SignalForms<Suffix, T>;
}

/** What the general form's row says of the variable and of its forms. */
const general = (name: string) => ({
  env: [variable(name)],
  perSignal: variable(name, '{TRACES,METRICS,LOGS}_'),
});

const HEADERS = {
  description: 'Headers: name=value,name2=value2, percent-encoded',
  secret: true,
} as const;
const TIMEOUT = { description: 'Milliseconds that one export may take; 0: no limit' };
const COMPRESSION = { description: 'gzip or none' };
const PROTOCOL = { description: 'http/protobuf; others are not supported' };
const CERTIFICATE = {
  description: "PEM file of the certificates that the receiver's is checked with",
  isFile: true,
} as const;
const CLIENT_CERTIFICATE = {
  description: "PEM file of the client's certificate (mTLS)",
  isFile: true,
} as const;
const CLIENT_KEY = { description: "PEM file of the client's key (mTLS)", isFile: true } as const;

const compression = oneOf('none', 'gzip');

/** How OTLP is spoken. Each variable holds for all signals; its form for one signal beats it. */
export const otlp = {
  ...signalForms('Endpoint', 'ENDPOINT', httpUrl, {
    description: 'the full URL, used as it is',
    otherwise: 'from PHOENIX_* or OTEL_EXPORTER_OTLP_ENDPOINT',
  }),
  otlpHeaders: optionalSetting(headerList, { ...HEADERS, ...general('HEADERS') }),
  ...signalForms('Headers', 'HEADERS', headerList, HEADERS),
  otlpTimeout: setting(timeout, { ...TIMEOUT, ...general('TIMEOUT'), default: '10000' }),
  ...signalForms('Timeout', 'TIMEOUT', timeout, TIMEOUT),
  otlpCompression: setting(compression, {
    ...COMPRESSION,
    ...general('COMPRESSION'),
    default: 'none',
  }),
  ...signalForms('Compression', 'COMPRESSION', compression, COMPRESSION),
  otlpProtocol: setting(text, { ...PROTOCOL, ...general('PROTOCOL'), default: 'http/protobuf' }),
  ...signalForms('Protocol', 'PROTOCOL', text, PROTOCOL),
  otlpCertificate: optionalSetting(text, { ...CERTIFICATE, ...general('CERTIFICATE') }),
  ...signalForms('Certificate', 'CERTIFICATE', text, CERTIFICATE),
  otlpClientCertificate: optionalSetting(text, {
    ...CLIENT_CERTIFICATE,
    ...general('CLIENT_CERTIFICATE'),
  }),
  ...signalForms('ClientCertificate', 'CLIENT_CERTIFICATE', text, CLIENT_CERTIFICATE),
  otlpClientKey: optionalSetting(text, { ...CLIENT_KEY, ...general('CLIENT_KEY') }),
  ...signalForms('ClientKey', 'CLIENT_KEY', text, CLIENT_KEY),
};
