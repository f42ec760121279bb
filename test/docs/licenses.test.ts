import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundledPackages, type Metafile } from '../../docs/generate/bundled-packages';
import { renderLicenses, thirdPartyLicenses } from '../../docs/generate/licenses';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'licenses-'))));
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

function bundle(...paths: string[]): Metafile {
  const inputs = Object.fromEntries(paths.map((path) => [path, { bytesInOutput: 1 }]));
  return { outputs: { 'dist/cli.cjs': { inputs } } };
}

function packageAt(folder: string, version: string, licence?: string, license = 'MIT'): void {
  put(`${folder}/package.json`, { name: folder.split('node_modules/').at(-1), version, license });
  if (licence !== undefined) put(`${folder}/LICENSE`, licence);
}

test('names each package of which code is bundled, sorted, with its own text', () => {
  packageAt('node_modules/zeta', '1.0.0', 'Zeta may be used.\r\n');
  packageAt('node_modules/@scope/alpha', '2.0.0', 'Alpha may be used.');
  put('node_modules/@scope/alpha/esm/package.json', { type: 'module' });
  const paths = ['zeta/a.js', 'zeta/b.js', '@scope/alpha/esm/a.js'].map((f) => `node_modules/${f}`);
  put('dist/metafile-cjs.json', bundle('src/own.ts', ...paths));
  put('dist/metafile-esm.json', { outputs: {} });
  const text = thirdPartyLicenses(root);
  expect(text).toMatch(
    /\n@scope\/alpha 2\.0\.0 \(MIT\)\n\nAlpha may be used\.\n\n-{80}\n\nzeta 1\.0\.0 \(MIT\)\n\nZeta may be used\.\n$/,
  );
});

test('leaves out a package of which nothing is left', () => {
  packageAt('node_modules/gone', '1.0.0', 'x');
  const inputs = { 'node_modules/gone/a.js': { bytesInOutput: 0 } };
  expect(bundledPackages({ outputs: { o: { inputs } } }, root)).toEqual([]);
});

test('lists two versions of a package, and copies of one version once', () => {
  packageAt('node_modules/a', '1.0.0', 'x');
  packageAt('node_modules/b/node_modules/a', '2.0.0', 'x');
  packageAt('node_modules/c/node_modules/a', '1.0.0', 'x');
  const paths = ['a', 'b/node_modules/a', 'c/node_modules/a'].map((f) => `node_modules/${f}/i.js`);
  const versions = bundledPackages(bundle(...paths), root).map(({ version }) => version);
  expect(versions).toEqual(['1.0.0', '2.0.0']);
});

test('packages with the same text stand above it together, a notice belongs to the text', () => {
  packageAt('node_modules/a', '1.0.0', 'the text', 'Apache-2.0');
  packageAt('node_modules/b', '1.0.0', 'the text', 'Apache-2.0');
  packageAt('node_modules/c', '1.0.0', 'the text', 'Apache-2.0');
  put('node_modules/c/NOTICE', 'by C');
  const paths = ['a', 'b', 'c'].map((name) => `node_modules/${name}/i.js`);
  const text = renderLicenses(bundledPackages(bundle(...paths), root));
  expect(text).toContain('\na 1.0.0 (Apache-2.0)\nb 1.0.0 (Apache-2.0)\n\nthe text\n');
  expect(text).toContain('\nc 1.0.0 (Apache-2.0)\n\nthe text\n\nby C\n');
});

test('a package without a licence file gets the text of the licence it declares, and that is said', () => {
  packageAt('node_modules/bare', '1.0.0');
  packageAt('node_modules/full', '1.0.0', 'the MIT text');
  const text = renderLicenses(
    bundledPackages(bundle('node_modules/bare/i.js', 'node_modules/full/i.js'), root),
  );
  expect(text).toMatch(
    /\nbare 1\.0\.0 \(MIT\)\n\nThis package brings no licence file of its own\./,
  );
  expect(text).toMatch(/as full has it; the copyright is bare's authors'\.\n\nthe MIT text/);
  expect(() => renderLicenses(bundledPackages(bundle('node_modules/bare/i.js'), root))).toThrow(
    'bare has no licence file',
  );
});

test('without a build it says what to do', () => {
  expect(() => thirdPartyLicenses(root)).toThrow(
    'dist/metafile-cjs.json cannot be read: npm run build',
  );
});
