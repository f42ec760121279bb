import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MONITORING } from '../../support/root';

/** A configuration of examples/monitoring with other values in some places, each of which is there once. */
export function configuration(
  file: string,
  changes: readonly (readonly [string, string])[],
): string {
  const text = readFileSync(join(MONITORING, file), 'utf8');
  return changes.reduce((changed, [from, to]) => {
    const parts = changed.split(from);
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`);
    return parts.join(to);
  }, text);
}
