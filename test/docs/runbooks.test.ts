import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSALS } from '../../src/http/refusal';
import { ROOT } from '../support/root';

test('docs/runbooks.md has a row for each reason to refuse a request over HTTP', () => {
  const document = readFileSync(join(ROOT, 'docs', 'runbooks.md'), 'utf8');
  const rows = [...document.matchAll(/^\| (\d{3}) +\| `(\w+)` +\|/gm)];
  expect(rows.map(([, status, reason]) => [reason, Number(status)])).toEqual(
    Object.entries(REFUSALS),
  );
});
