import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dependencies } from '../over-http/conformance/package.json';
import { LEFT_OUT, PASSED, WITH_TOOL } from '../over-http/conformance/scenarios';
import { ROOT } from '../support/root';

// test/over-http/conformance.test.ts holds the tables to the suite; this, the document to the tables.

const document = readFileSync(join(ROOT, 'docs', 'conformance.md'), 'utf8');

const code = (text: string): string => `\`${text}\``;

/** The cells of the table below a heading. */
function tableBelow(heading: string): string[][] {
  const [, section = ''] = document.split(`## ${heading}\n`);
  const [, ...rows] = section
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1));
  return rows.slice(1);
}

test.each<[string, string[][]]>([
  ['Passed', Object.entries(PASSED).map(([name, looksAt]) => [code(name), looksAt])],
  [
    "Passed, given the suite's tool",
    Object.entries(WITH_TOOL).map(([name, tool]) => [code(name), code(tool)]),
  ],
  [
    'Left out',
    Object.entries(LEFT_OUT).map(([name, { needs, why }]) => [code(name), code(needs), why]),
  ],
])('docs/conformance.md: %s', (heading, rows) => {
  expect(tableBelow(heading)).toEqual(rows);
});

test('docs/conformance.md names the versions of the suite', () => {
  for (const version of Object.values(dependencies)) {
    expect(document).toContain(version.split('@').at(-1));
  }
});
