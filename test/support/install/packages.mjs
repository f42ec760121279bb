import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from './installed.mjs';
import { run } from './run.mjs';

/**
 * The npm packages of a package-lock.json (see `installed`).
 *
 * @param from the folder with it and its package.json
 * @returns the folder whose node_modules has them
 */
export const npmPackages = (name, from) =>
  installed({
    name,
    versions: join(from, 'package-lock.json'),
    isWhole: () => true,
    install: (folder) => {
      mkdirSync(folder, { recursive: true });
      for (const file of ['package.json', 'package-lock.json'])
        copyFileSync(join(from, file), join(folder, file));
      run(['npm', 'ci', '--no-audit', '--no-fund'], { cwd: folder });
    },
  });
