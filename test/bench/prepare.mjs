import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { BENCH, CACHE, FIRST_START, fromRoot, ROOT } from './paths.mjs';

/** Makes what is missing, so that one command is enough in a fresh clone. */
export async function prepare(tell) {
  const run = (cwd, ...command) => {
    tell(`${command.join(' ')}, in ${cwd === ROOT ? 'the repository' : 'test/bench'}`);
    execFileSync(command[0], command.slice(1), { cwd, stdio: ['ignore', 2, 2] });
  };
  const npmCi = ['npm', 'ci', '--no-audit', '--no-fund'];
  if (!existsSync(fromRoot('node_modules'))) run(ROOT, ...npmCi);
  if (!existsSync(fromRoot('dist/cli.cjs'))) run(ROOT, 'npm', 'run', 'build');
  else if (newest(fromRoot('src')) > newest(fromRoot('dist'))) {
    tell('src is newer than dist, and dist is what is measured: npm run build');
  }

  const lock = readFileSync(join(BENCH, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const installed = join(CACHE, 'installed-lock');
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== hash) {
    run(BENCH, ...npmCi);
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(installed, hash);
  }
  await bundleStock();
  copyForFirstStart();
}

/** The product as npm installs it: without V8's code cache. */
function copyForFirstStart() {
  rmSync(FIRST_START, { recursive: true, force: true });
  for (const folder of ['bin', 'dist']) {
    cpSync(fromRoot(folder), join(FIRST_START, folder), {
      recursive: true,
      filter: (path) => !/\.cache(\.\d+)?$/.test(path),
    });
  }
}

/** The stock server as one file, as the product is. */
async function bundleStock() {
  // Not before this: in a fresh clone it was not there at the start.
  const { build } = await import('esbuild');
  await build({
    entryPoints: [fromRoot('test/support/stock-server.mjs')],
    outfile: join(CACHE, 'stock-bundled.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: {
      js: "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);",
    },
  });
}

const newest = (folder) =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
  );
