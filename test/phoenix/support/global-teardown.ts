import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { shared, sharedPhoenix } from './shared';

/** Tells what was checked, and ends the shared instance. */
export default async function globalTeardown(): Promise<void> {
  const { checkedFile } = shared();
  const version = await sharedPhoenix().version();
  const lots = readFileSync(checkedFile, 'utf8').split('\n').map(Number);
  const spans = lots.reduce((sum, lot) => sum + lot, 0);
  process.stderr.write(`Phoenix ${version}: ${spans} spans checked\n`);
  rmSync(dirname(checkedFile), { recursive: true });
  await globalThis.sharedPhoenixInstance?.stop();
}
