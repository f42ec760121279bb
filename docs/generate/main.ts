import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generate } from './generate';
import { TARGETS } from './targets';

/** Run at the repository's top level: writes the generated documents; with --check only compares. */
const check = process.argv.includes('--check');
const files = {
  read: (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
  write: (file: string, content: string) => writeFileSync(file, content),
};

try {
  const stale = generate(TARGETS, files, check);
  for (const name of stale)
    console.log(`${name} ${check ? 'is stale: run npm run docs' : 'written'}`);
  process.exitCode = check && stale.length > 0 ? 1 : 0;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
