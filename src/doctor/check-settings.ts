import { describeSource, variableNames, type LoadedSettings } from '../config';
import { editDistance } from '../nearest';
import type { Surroundings } from './check-surroundings';
import type { Finding } from './finding';

/** Settings that are not used as they were meant, and a sampler that leaves traces out. */
export function checkSettings(loaded: LoadedSettings, { env }: Surroundings): readonly Finding[] {
  return [...loaded.warnings.map(about('value')), ...checkNames(env), ...checkSampler(loaded)];
}

const about =
  (check: string) =>
  (detail: string): Finding => ({ subject: 'settings', check, state: 'note', detail });

/** Whose names they are. */
const OURS = /^(OTEL|PHOENIX|TS_CALCULATOR)_/;
/** Phoenix and other programs have names that are alike: only a slip of the keys is told. */
const MAX_SLIPS = 2;

/** Variables that nobody reads, one or two letters away from one that counts. */
function checkNames(env: Surroundings['env']): readonly Finding[] {
  const known = variableNames();
  const unknown = Object.keys(env).filter((name) => OURS.test(name) && !known.has(name));
  return unknown.flatMap((name) => {
    const meant = [...known].find((one) => editDistance(name, one) <= MAX_SLIPS);
    if (meant === undefined) return [];
    return [{ ...about('name')(`${name} is not read`), remedy: `did you mean ${meant}?` }];
  });
}

/** Samplers that leave traces out, by the share that they keep of those that begin here. */
function checkSampler({ settings: { sampler }, sources }: LoadedSettings): readonly Finding[] {
  if (sampler.name.endsWith('always_on')) return [];
  const kept = sampler.name.endsWith('always_off') ? 0 : sampler.ratio;
  const percent = Number((kept * 100).toPrecision(6));
  return [
    about('sampler')(`${percent} % of the traces are sent (${describeSource(sources.sampler)})`),
  ];
}
