import { basename } from 'node:path';
import { defineConfig, type Options } from 'tsup';

/**
 * The program: each entry is one file with all that it needs. For a server that answers 10 ms after
 * Node itself is up, every further file to be found and read counts. CommonJS, since only scripts can
 * be compiled from V8's code cache (src/start), and Node loads its own loader of modules 3 ms later.
 */
const program = {
  start: 'src/start/main.ts',
  cli: 'src/cli/main.ts',
  thread: 'src/start/thread.ts',
  worker: 'src/telemetry/worker.ts',
  // Files of their own, since not every session needs what they bring: commander, OpenTelemetry, winston,
  // proxies.
  'command-line': 'src/cli/command-line.ts',
  observe: 'src/cli/observe.ts',
  doctor: 'src/cli/doctor.ts',
  config: 'src/cli/config.ts',
  context: 'src/telemetry/context.ts',
  http: 'src/http/index.ts',
  // The MCP SDK, whose schemas take longer to build than all the rest: few sessions need it.
  'create-server': 'src/server/create-server.ts',
  lines: 'src/telemetry/lines.ts',
  'proxy-agent': 'src/telemetry/proxy-agent.ts',
};

/** The library, for those who write tools or servers of their own. Its worker is the program's. */
const library = { index: 'src/index.ts' };

/** A dynamic import of an entry stays one: it is not bundled again into who imports it. */
const entriesStayApart = {
  name: 'entries-stay-apart',
  setup(build: import('esbuild').PluginBuild) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, kind }) => {
      const name = basename(path);
      const isEntry = kind === 'dynamic-import' && Object.hasOwn(program, name);
      return isEntry ? { path: `./${name}.cjs`, external: true } : undefined;
    });
  },
};

/** Modules of packages that are replaced in the bundle, each by the end of its path. */
const replacements = {
  // The SDK's Server imports a JSON Schema validator, a third of the bundle, for one thing: the
  // answers to questions that a server asks of its user. The calculator asks none.
  validator: ['validation/ajv-provider.js', 'export class AjvJsonSchemaValidator {}'],
  // The OTLP exporters would retry by themselves, out of sight and for ten seconds: at the end records
  // would be lost in their pauses. The export queue retries, and it alone (src/telemetry).
  retries: [
    'otlp-exporter-base/build/esm/retrying-transport.js',
    'export const createRetryingTransport = ({ transport }) => transport;',
  ],
  // What winston says of itself where DEBUG asks for it: a third of what it costs to load.
  diagnostics: ['@dabh/diagnostics/node/index.js', 'module.exports = () => () => undefined;'],
  // What the proxy agents say of themselves there: the proxy's password among it.
  debug: ['debug/src/index.js', 'module.exports = () => () => undefined;'],
  // Kerberos, which would be a package to install.
  negotiation: [
    'proxy-agent-negotiate/dist/index.js',
    'export const createNegotiateAuth = undefined;',
  ],
} as const;

const replaceModules = (...names: (keyof typeof replacements)[]) => ({
  name: 'replace-modules',
  setup(build: import('esbuild').PluginBuild) {
    const missing = new Set(names);
    build.onLoad({ filter: /\.js$/ }, ({ path }) => {
      const slashed = path.replaceAll('\\', '/');
      const name = names.find((one) => slashed.endsWith(`/${replacements[one][0]}`));
      if (!name) return undefined;
      missing.delete(name);
      return { contents: replacements[name][1] };
    });
    // A package that has moved its files must not go unnoticed.
    build.onEnd(() => {
      if (missing.size > 0) throw new Error(`not replaced: ${[...missing].join(', ')}`);
    });
  },
});

/** What packages in CommonJS find and a module has not; also where the worker's file lies. */
const LIKE_COMMON_JS = [
  "import { createRequire as requireFrom } from 'node:module';",
  "import { fileURLToPath as pathFrom } from 'node:url';",
  'const require = requireFrom(import.meta.url);',
  "const __dirname = pathFrom(new URL('.', import.meta.url));",
].join('\n');

const common: Options = {
  platform: 'node',
  target: 'node20',
  splitting: false,
  minify: true,
  noExternal: [/.*/],
  metafile: true,
};

export default defineConfig([
  {
    ...common,
    entry: program,
    format: 'cjs',
    // All that is there but the library, V8's code caches of earlier builds among it.
    clean: ['!index.*', '!metafile-esm.json'],
    esbuildPlugins: [
      entriesStayApart,
      replaceModules(...(Object.keys(replacements) as (keyof typeof replacements)[])),
    ],
    // `import()` of an entry becomes `require`, which src/start gives the entries.
    esbuildOptions: (options) => {
      options.supported = { ...options.supported, 'dynamic-import': false };
    },
  },
  {
    ...common,
    entry: library,
    format: 'esm',
    dts: true,
    banner: { js: LIKE_COMMON_JS },
    esbuildPlugins: [entriesStayApart, replaceModules('validator')],
    // Node shows the line that an error comes from.
    esbuildOptions: (options) => {
      options.lineLimit = 160;
    },
  },
]);
