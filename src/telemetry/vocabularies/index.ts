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

/**
 * The rows of the chosen vocabularies. Spans carry them in this order: what the connection decides
 * comes last: a count limit leaves that out first.
 *
 * @param names those that are spoken; a name given twice counts once
 */
export function selectRows(
  names: readonly VocabularyName[],
): Required<Pick<Vocabulary, 'asked' | 'operation' | 'families' | 'session'>> {
  const tables = [...new Set(names)].map((name) => VOCABULARY_TABLES[name]);
  return {
    asked: tables.flatMap((table) => table.asked),
    operation: tables.flatMap((table) => table.operation),
    families: tables.flatMap((table) => table.families ?? []),
    session: tables.flatMap((table) => table.session),
  };
}
