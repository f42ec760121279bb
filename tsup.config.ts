import { defineConfig } from 'tsup';

// CommonJS packages inside an ESM bundle call `require` for Node's own modules.
const requireShim =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

export default defineConfig({
  entry: { cli: 'src/cli/main.ts', worker: 'src/telemetry/worker.ts', index: 'src/index.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  splitting: true,
  minify: true,
  keepNames: true,
  clean: true,
  dts: { entry: { index: 'src/index.ts' } },
  noExternal: [/.*/],
  banner: { js: requireShim },
  metafile: true,
});
