import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import build from '../../support/global-setup';
import { share, type Installed } from './installed';

/** Builds the product, and installs k6, the conformance suite and the clients. */
export default function globalSetup(): void {
  build();
  const { status, stdout } = spawnSync(process.execPath, [join(__dirname, 'install.mjs')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('not all is installed: see the lines above');
  const installed = JSON.parse(stdout) as Installed;
  // Node looks for packages beside the file that names them.
  cpSync(join(__dirname, '..', 'clients'), join(installed.packages, 'over-http'), {
    recursive: true,
    filter: (path) => !path.endsWith('.py'),
  });
  share(installed);
}
