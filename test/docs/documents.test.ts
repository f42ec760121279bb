import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { generate } from '../../docs/generate/generate';
import { LICENSE_TARGET } from '../../docs/generate/licenses';
import { TARGETS } from '../../docs/generate/targets';
import { VERSION } from '../../src/version';
import { ROOT } from '../support/root';

const read = (file: string) => {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};
const text = (file: string): string => read(file) ?? '';

/** Every document for people, from the repository's top level. */
const DOCUMENTS = [
  ...readdirSync(ROOT),
  ...['docs', 'examples'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  ),
].filter((file) => file.endsWith('.md'));

test('what is generated is as the code has it', () => {
  // The licences are those of a build: test/e2e/pack.test.ts holds them.
  const targets = TARGETS.filter((target) => target !== LICENSE_TARGET);
  expect(generate(targets, { read, write: () => {} }, true)).toEqual([]);
  const regions = targets.filter(({ file }) => file === 'README.md').map(({ region }) => region);
  expect(regions).toEqual(['tools', 'settings']);
});

test('the documents are there', () => {
  expect(DOCUMENTS).toEqual(
    expect.arrayContaining([
      'README.md',
      'CHANGELOG.md',
      'docs/architecture.md',
      'docs/runbooks.md',
      'docs/telemetry.md',
      'examples/shell/README.md',
      'examples/claude-desktop/README.md',
      'examples/phoenix/README.md',
    ]),
  );
});

test.each(DOCUMENTS)('each link in %s leads somewhere', (document) => {
  const links = [...text(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  const broken = links.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(document, link));
  expect(broken).toEqual([]);
});

function leadsSomewhere(document: string, link: string): boolean {
  const [path, anchor] = link.split('#');
  const file = path ? relative(ROOT, join(ROOT, dirname(document), path)) : document;
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || anchors(text(file)).includes(anchor);
}

/** The headings as GitHub makes anchors of them. */
function anchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

test('the changelog has this version', () => {
  expect(VERSION).toBe(JSON.parse(text('package.json')).version);
  const versions = [...text('CHANGELOG.md').matchAll(/^## \[(.+?)\]/gm)].map(([, name]) => name);
  expect(versions.slice(0, 2)).toEqual(['Unreleased', VERSION]);
});

test("the README's picture is of this version, and small", () => {
  const [, alt, file] = /!\[(.+)\]\((docs\/images\/.+)\)/.exec(text('README.md'))!;
  const product = `A trace of ts-calculator ${VERSION} in Phoenix `; // Else: npm run docs:screenshots.
  expect(alt!.slice(0, product.length)).toBe(product);
  expect(alt!.slice(product.length)).toMatch(/^\d+\.\d+\.\d+$/);
  const picture = readFileSync(join(ROOT, file!));
  expect(picture.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  expect(picture.length).toBeLessThan(150_000);
});

test('the two commands of the README are scripts', () => {
  const { scripts } = JSON.parse(text('package.json'));
  expect(text('README.md')).toMatch(/^npm ci && npm run demo\b.*\nnpm test\b/m);
  expect(scripts).toMatchObject({
    demo: 'sh examples/shell/session.sh',
    test: expect.stringMatching(/^jest /),
  });
});

test('the documents speak of what every reader has', () => {
  for (const document of DOCUMENTS) {
    expect([document, text(document).match(/\/(work|root|tmp)\/|\.\.\/shared/)]).toEqual([
      document,
      null,
    ]);
  }
});
