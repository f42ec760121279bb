import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import build from '../../support/global-setup';
import { startPhoenix, type Phoenix } from './phoenix';
import { share } from './shared';

declare global {
  /** For global-teardown.ts, which runs in the same process. */
  var sharedPhoenixInstance: Phoenix | undefined;
}

/** Builds the product, installs Phoenix, and starts the instance that the tests share. */
export default async function globalSetup(): Promise<void> {
  build();
  const command = install();
  const phoenix = await startPhoenix({ command });
  globalThis.sharedPhoenixInstance = phoenix;
  const checkedFile = join(mkdtempSync(join(tmpdir(), 'ts-calculator-checked-')), 'spans');
  writeFileSync(checkedFile, '');
  share({ command, url: phoenix.url, checkedFile });
}

function install(): string {
  const { status, stdout } = spawnSync(process.execPath, [join(__dirname, 'install.mjs')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('no Phoenix: see the lines above');
  return stdout.trim();
}
