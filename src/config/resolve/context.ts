import { capital } from '../schema/otlp';
import type { SettingKey, Values } from '../schema';
import { describeSource, type Source } from '../source';
import type { SignalName } from '../settings';

/** What the resolving functions work on. */
export interface Resolving {
  readonly values: Values;
  readonly sources: Readonly<Record<SettingKey, Source>>;
  /** Takes one line about a foreign value that is not used as it was given. */
  readonly warn: (line: string) => void;
  /** Reads a text file. Throws where it cannot. */
  readonly readFile: (path: string) => string;
}

type SignalSuffix = 'Headers' | 'Timeout' | 'Compression' | 'Protocol' | CertificateSuffix;
export type CertificateSuffix = 'Certificate' | 'ClientCertificate' | 'ClientKey';
export type SignalKey<Suffix extends SignalSuffix> = `otlp${Capitalize<SignalName>}${Suffix}`;

/** The key of a setting's form for one signal: `otlpTracesTimeout`. */
export const signalKey = <Suffix extends SignalSuffix>(suffix: Suffix, signal: SignalName) =>
  `otlp${capital(signal)}${suffix}` as SignalKey<Suffix>;

/** What was named by whoever set a setting: `OTEL_BSP_MAX_QUEUE_SIZE`. */
export const nameOf = ({ sources }: Resolving, key: SettingKey): string =>
  describeSource(sources[key]);

/** Whether somebody set it: false for a default. */
export const isGiven = ({ sources }: Resolving, key: SettingKey): boolean =>
  sources[key].kind !== 'default';
