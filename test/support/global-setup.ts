import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root';

/** Builds the product before the e2e tests, where the build is missing or older than its sources. */
export default function globalSetup(): void {
  // The types are what tsup writes last.
  const built = mtime(join(ROOT, 'dist', 'index.d.ts'));
  const sources = ['src', 'build', 'package.json', 'package-lock.json', 'tsup.config.ts'];
  if (built > Math.max(...sources.map((name) => newest(join(ROOT, name))))) return;

  const build = spawnSync('npm', ['run', 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (build.status !== 0) {
    throw new Error(`npm run build failed:\n${build.error ?? ''}${build.stdout}${build.stderr}`);
  }
}

const mtime = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const newest = (path: string): number =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
    : mtime(path);
