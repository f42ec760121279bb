import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import build from '../../support/global-setup';
import { DATABASE } from './chosen';
import { share } from './installed';

/** Builds the product, and installs the parts of the stack. */
export default function globalSetup(): void {
  build();
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(__dirname, 'install.mjs'), DATABASE],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (status !== 0) throw new Error('parts of the stack are missing: see the lines above');
  share(stdout.trim());
}
