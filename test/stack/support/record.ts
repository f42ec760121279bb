import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../../../docs/generate/markdown';
import { replaceRegion } from '../../../docs/generate/regions';
import { ROOT } from '../../support/root';
import { DATABASE, IS_RECORDED } from './chosen';

const DOCUMENT = join(ROOT, 'docs', 'monitoring.md');

/**
 * Shows what was seen, and with --record writes it into docs/monitoring.md.
 *
 * @param what `alerts`: the region is `alerts-prometheus` or `alerts-victoria`
 */
export function record(what: string, header: string[], rows: string[][]): void {
  const text = table(header, rows);
  process.stderr.write(`\n${text}\n\n`);
  if (!IS_RECORDED) return;
  const document = readFileSync(DOCUMENT, 'utf8');
  writeFileSync(DOCUMENT, replaceRegion(document, `${what}-${DATABASE}`, text));
}
