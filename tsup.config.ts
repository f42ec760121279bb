import { defineConfig } from 'tsup';

// CommonJS packages inside an ESM bundle call `require` for Node's own modules.
const requireShim =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * The SDK's Server imports a JSON Schema validator, a third of the bundle, for one thing: the answers
 * to questions that a server asks of its user. The calculator asks none.
 */
const withoutSchemaValidator = {
  name: 'without-schema-validator',
  setup(build: import('esbuild').PluginBuild) {
    build.onLoad({ filter: /validation[\\/]ajv-provider\.js$/ }, () => ({
      contents: 'export class AjvJsonSchemaValidator {}',
    }));
  },
};

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
  esbuildPlugins: [withoutSchemaValidator],
});
