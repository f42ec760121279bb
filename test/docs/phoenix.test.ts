import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOLD } from '../phoenix/support/told';
import { ROOT } from '../support/root';

// test/phoenix holds the lines to what the user reads of a real Phoenix; this, the document to them.
test.each(Object.entries(TOLD).filter(([answer]) => !['answers', '405 logs'].includes(answer)))(
  'docs/phoenix.md has the line for %s',
  (_answer, line) => {
    const document = readFileSync(join(ROOT, 'docs', 'phoenix.md'), 'utf8');
    const url = 'http://phoenix.test/v1/traces';
    const told = line(url).replace(url, 'URL').replace('http://phoenix.test', 'URL');
    expect(document).toContain(`| \`${told}\``);
  },
);
