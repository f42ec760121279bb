import { buildSync } from 'esbuild';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

// What runs beside the requests must not wait for OpenTelemetry's packages to load.
test.each(['metrics/store', 'request-log', 'log-entry'])('%s imports no package', (name) => {
  const { metafile } = buildSync({
    entryPoints: [join(ROOT, `src/telemetry/${name}.ts`)],
    absWorkingDir: ROOT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    write: false,
    metafile: true,
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  expect(imports.filter(({ external }) => external).map(({ path }) => path)).toEqual([]);
});
