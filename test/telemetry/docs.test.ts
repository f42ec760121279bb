import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '../../docs/generate/generate';
import { TELEMETRY_TARGETS } from '../../docs/generate/telemetry';

test('docs/telemetry.md and .json are as the code has it', () => {
  const read = (file: string) => {
    const path = join(__dirname, '../..', file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
  expect(generate(TELEMETRY_TARGETS, { read, write: () => {} }, true)).toEqual([]);
});
