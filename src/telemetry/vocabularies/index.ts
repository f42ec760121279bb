import type { VocabularyName } from '../../config/settings';
import { calculator } from './calculator';
import { openinference } from './openinference';
import { semconv } from './semconv';
import type { Vocabulary } from './vocabulary';

/** Every vocabulary; a new one is a new file and a line here. */
export const VOCABULARY_TABLES: Readonly<Record<VocabularyName, Vocabulary>> = {
  calculator,
  semconv,
  openinference,
};

/** @param names those that are spoken; a name given twice counts once */
export function selectVocabularies(names: readonly VocabularyName[]): Vocabulary[] {
  return [...new Set(names)].map((name) => VOCABULARY_TABLES[name]);
}
