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

/** Modules of packages that are replaced in the bundle, each by the end of its path. */
const replacements: Readonly<Record<string, string>> = {
  // The SDK's Server imports a JSON Schema validator, a third of the bundle, for one thing: the
  // answers to questions that a server asks of its user. The calculator asks none.
  'validation/ajv-provider.js': 'export class AjvJsonSchemaValidator {}',
  // The OTLP exporters would retry by themselves, out of sight and for ten seconds: at the end records
  // would be lost in their pauses. The export queue retries, and it alone (src/telemetry).
  'otlp-exporter-base/build/esm/retrying-transport.js':
    'export const createRetryingTransport = ({ transport }) => transport;',
  // What winston says of itself where DEBUG asks for it: a third of what it costs to load.
  '@dabh/diagnostics/node/index.js': 'module.exports = () => () => undefined;',
};

const replaceModules = {
  name: 'replace-modules',
  setup(build: import('esbuild').PluginBuild) {
    const missing = new Set(Object.keys(replacements));
    build.onLoad({ filter: /\.js$/ }, ({ path }) => {
      const slashed = path.replaceAll('\\', '/');
      const found = Object.entries(replacements).find(([end]) => slashed.endsWith(`/${end}`));
      if (!found) return undefined;
      missing.delete(found[0]);
      return { contents: found[1] };
    });
    // A package that has moved its files must not go unnoticed.
    build.onEnd(() => {
      if (missing.size > 0) throw new Error(`not replaced: ${[...missing].join(', ')}`);
    });
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
  esbuildPlugins: [entriesStayApart, replaceModules],
});
