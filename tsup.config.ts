import { basename } from 'node:path';
import { defineConfig } from 'tsup';

// CommonJS packages inside an ESM bundle call `require` for Node's own modules.
const requireShim =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Each entry is one file with all that it needs: for a server that answers 40 ms after Node itself is
 * up, every further file to be found and read counts.
 */
const entry = {
  cli: 'src/cli/main.ts',
  worker: 'src/telemetry/worker.ts',
  index: 'src/index.ts',
  // Files of their own, since they bring OpenTelemetry's packages: not everyone wants those loaded.
  context: 'src/telemetry/context.ts',
  'otlp-pipeline': 'src/telemetry/otlp-pipeline.ts',
};

/** A dynamic import of an entry stays one: it is not bundled again into who imports it. */
const entriesStayApart = {
  name: 'entries-stay-apart',
  setup(build: import('esbuild').PluginBuild) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, kind }) => {
      const name = basename(path);
      const isEntry = kind === 'dynamic-import' && Object.hasOwn(entry, name);
      return isEntry ? { path: `./${name}.js`, external: true } : undefined;
    });
  },
};

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
  entry,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  splitting: false,
  minify: true,
  clean: true,
  dts: { entry: { index: entry.index } },
  noExternal: [/.*/],
  banner: { js: requireShim },
  metafile: true,
  esbuildPlugins: [entriesStayApart, withoutSchemaValidator],
});
