import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledPackages, readMetafile } from '../../docs/generate/bundled-packages';
import { thirdPartyLicenses } from '../../docs/generate/licenses';
import { Cli, onlyJsonRpc, stopAll } from '../support/cli';
import { ROOT } from '../support/root';
import { install, offline, pack, runOffline } from './support/package';

jest.setTimeout(60_000);

const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const TARBALL = `${name}-${version}.tgz`;
const MAX_BYTES = 1_000_000;

let temp: string;
let files: string[];

const run = (command: string, args: string[], cwd?: string): string =>
  runOffline(temp, command, args, cwd);

beforeAll(() => {
  temp = mkdtempSync(join(tmpdir(), 'ts-calculator-pack-'));
  // A session that was killed while it wrote its code leaves such a file.
  const leftover = join(ROOT, 'dist', `pack-test.cache.${process.pid}`);
  writeFileSync(leftover, '');
  try {
    pack(temp);
  } finally {
    rmSync(leftover, { force: true });
  }
  files = run('tar', ['-tzf', TARBALL])
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''));
});
afterEach(stopAll);
afterAll(() => rmSync(temp, { recursive: true }));

test('the tarball is small and holds what is needed and nothing else', () => {
  expect(statSync(join(temp, TARBALL)).size).toBeLessThanOrEqual(MAX_BYTES);
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'THIRD-PARTY-LICENSES',
      'bin/ts-calculator.js',
      'bin/package.json',
      'dist/start.cjs',
      'dist/cli.cjs',
      'dist/thread.cjs',
      'dist/worker.cjs',
      'dist/index.js',
      'dist/index.d.ts',
    ]),
  );
  const unwanted =
    /\.map$|\.ts$(?<!\.d\.ts)|(^|\/)(src|tests?|node_modules)\/|\.test\.|metafile|\.cache/;
  expect(files.filter((file) => unwanted.test(file))).toEqual([]);
});

test('the package depends on nothing', () => {
  const manifest = JSON.parse(run('tar', ['-xzOf', TARBALL, 'package/package.json']));
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies']) {
    expect(manifest[kind] ?? {}).toEqual({});
  }
});

test('THIRD-PARTY-LICENSES names each package that is bundled', () => {
  const listed = readFileSync(join(ROOT, 'THIRD-PARTY-LICENSES'), 'utf8');
  const bundled = bundledPackages(readMetafile(ROOT), ROOT);
  expect(bundled.length).toBeGreaterThan(10);
  const missing = bundled.filter((one) => !listed.includes(`\n${one.name} ${one.version} (`));
  expect(missing.map((one) => one.name)).toEqual([]);
  // Nothing else differs either: npm run docs brings it up to date.
  expect(listed).toBe(thirdPartyLicenses(ROOT));
});

test('npx runs it in an empty folder', async () => {
  const cwd = join(temp, 'npx');
  mkdirSync(cwd);
  const cli = new Cli({
    command: ['npx', '-y', `../${TARBALL}`],
    cwd,
    env: offline(temp),
    timeoutMs: 30_000,
  });
  const handshake = cli.initialize();
  const list = cli.request('tools/list');
  const calls = [
    cli.call('add', { a: 0.1, b: 0.2 }),
    cli.call('subtract', { a: '9007199254740993', b: 1 }),
    cli.call('multiply', { a: 6, b: 7 }),
    cli.call('divide', { a: 1, b: 8 }),
  ];
  const { code } = await cli.end();
  expect((await handshake).result.serverInfo).toMatchObject({ name, version });
  expect((await list).result.tools).toHaveLength(4);
  const results = (await Promise.all(calls)).map(({ result }) => result.structuredContent.result);
  expect(results).toEqual(['0.3', '9007199254740992', '42', '0.125']);
  expect(code).toBe(0);
  onlyJsonRpc(cli.stdout);
  expect(cli.lines).toHaveLength(6);
});

describe('installed', () => {
  let cwd: string;
  beforeAll(() => {
    cwd = install(temp, TARBALL, 'installed');
  });

  test('it is one package', () => {
    const entries = readdirSync(join(cwd, 'node_modules')).filter((entry) => entry[0] !== '.');
    expect(entries).toEqual([name]);
  });

  test('its program tells its version', () => {
    expect(run('npx', [name, '--version'], cwd)).toBe(`${version}\n`);
  });

  test('its library makes a server', () => {
    const script = `import { createServer, registry } from '${name}';
      const server = createServer(registry, { name: 'mine', version: '1' });
      console.log(typeof server.connect, [...registry.keys()].join());`;
    expect(run(process.execPath, ['--input-type=module', '-e', script], cwd)).toBe(
      'function add,subtract,multiply,divide\n',
    );
  });

  test('its types resolve', () => {
    writeFileSync(
      join(cwd, 'use.ts'),
      `import { createServer, registry, type Tool } from '${name}';
       export const names: string[] = [...registry.values()].map((tool: Tool) => tool.title);
       export const server = createServer(registry, { name: 'mine', version: '1' });
       // @ts-expect-error: a title is no number; were the types lost, nothing would be wrong here.
       export const wrong: number = registry.get('add')?.title;`,
    );
    const compilerOptions = { strict: true, module: 'nodenext', noEmit: true, types: [] };
    writeFileSync(
      join(cwd, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['use.ts'] }),
    );
    run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', cwd], cwd);
  });

  test('its types want no other package', () => {
    const types = readFileSync(join(cwd, 'node_modules', name, 'dist', 'index.d.ts'), 'utf8');
    expect(
      [...types.matchAll(/(?:from|import\() ?['"](.+?)['"]/g)].map(([, from]) => from),
    ).toEqual([]);
  });
});
