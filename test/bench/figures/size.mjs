import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fromRoot, ROOT } from '../paths.mjs';

/** What is downloaded, and what then lies on the disk: the server and all that it needs beside Node. */
export const size = {
  name: 'size',
  title: 'Size',
  rounds: () => 1,
  takes: ({ name, packages, packed }) => name === 'stock-bundled' || packages || packed,
  columns: [
    { key: 'packed', title: 'packed, MB', digits: 2 },
    { key: 'installed', title: 'installed, MB', digits: 2, ratio: true },
    { key: 'withCaches', title: 'with code caches, MB', digits: 2 },
    { key: 'files', title: 'files' },
  ],
  async run(variant, _, record) {
    record('', variant.packed ? packed() : installed(variant));
  },
};

const MB = 1e6;

function packed() {
  const command = ['pack', '--json', '--dry-run', '--ignore-scripts', '--silent'];
  const text = execFileSync('npm', command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ size: bytes, unpackedSize, entryCount }] = JSON.parse(text);
  return {
    packed: bytes / MB,
    installed: unpackedSize / MB,
    withCaches: (unpackedSize + cachesSize()) / MB,
    files: entryCount,
  };
}

/** V8's code, which the first sessions leave beside the files, for this Node. */
function cachesSize() {
  const dist = fromRoot('dist');
  return readdirSync(dist)
    .filter((name) => name.includes(`.${process.versions.v8}-`) && name.endsWith('.cache'))
    .reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
}

/** The server's file, and its packages with theirs. */
function installed({ file, packages = [] }) {
  const folders = new Set();
  for (const name of packages) addPackage(name, dirname(file), folders);
  const files = [...folders].flatMap(filesOf);
  const bytes = [file, ...files].reduce((sum, path) => sum + statSync(path).size, 0);
  return { installed: bytes / MB, files: files.length + 1 };
}

function addPackage(name, from, folders) {
  const folder = resolve(name, from);
  if (folder === undefined || folders.has(folder)) return;
  folders.add(folder);
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
    addPackage(needed, folder, folders);
  }
}

/** Where Node finds a package; undefined of an optional one that is for another platform. */
function resolve(name, from) {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  return from === dirname(from) ? undefined : resolve(name, dirname(from));
}

/** Without the packages within, which count on their own. */
function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : [path];
  });
}
