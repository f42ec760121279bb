import js from '@eslint/js';
import path from 'node:path';
import tseslint from 'typescript-eslint';

/**
 * The arrows of docs/architecture.md: what each folder and file directly below src may import of the
 * others, and which packages. Node's own modules are free to all; src/cli puts everything together.
 */
const ARROWS = {
  arithmetic: [],
  tools: ['arithmetic', 'error-label'],
  observe: ['telemetry', 'tap', 'transport', 'config', 'json-rpc', 'cross-spawn'],
  http: ['transport', 'tap', 'config', 'json-rpc'],
  server: ['tools', 'json-rpc', 'error-label', 'nearest', '@modelcontextprotocol'],
  transport: ['tap', 'json-rpc', '@modelcontextprotocol'],
  tap: ['config', 'json-rpc', 'error-label'],
  telemetry: [
    ...['tap', 'config', 'error-label', 'version', '@opentelemetry', 'winston'],
    ...['http-proxy-agent', 'https-proxy-agent'],
  ],
  config: ['nearest', 'zod'],
  doctor: ['telemetry', 'tap', 'config', 'nearest', 'version'],
  clients: ['config'],
  'json-rpc': [],
  'error-label': [],
  nearest: [],
  version: ['package.json'],
  library: ['observe', 'telemetry', 'tap', 'config', 'version'],
  index: ['library', 'server', 'tools'],
  start: [],
};

const ROOT = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const SRC = path.join(ROOT, 'src');

/** The folder or file below src that a file belongs to: `tap`, `json-rpc`. */
const placeOf = (file) => path.relative(SRC, file).split(path.sep)[0].replace(/\.ts$/, '');

const arrows = {
  create(context) {
    const from = placeOf(context.filename);
    const allowed = ARROWS[from];
    if (!allowed) return {};
    const check = (node) => {
      const name = node.source?.value;
      if (typeof name !== 'string' || name.startsWith('node:')) return;
      const target = path.resolve(path.dirname(context.filename), name);
      const to = !name.startsWith('.')
        ? name.split('/')[0]
        : target.startsWith(SRC)
          ? placeOf(target)
          : path.basename(target);
      if (to === from || allowed.includes(to)) return;
      const may = allowed.length === 0 ? 'nothing' : allowed.join(', ');
      context.report({
        node,
        message: `src/${from} may import ${may}, not ${to} (docs/architecture.md).`,
      });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules', 'test/support/proto'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-control-regex': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { local: { rules: { arrows } } },
    rules: { 'max-lines': ['error', { max: 250 }], 'no-console': 'error', 'local/arrows': 'error' },
  },
  {
    files: ['bin/*.js', 'eslint.config.js'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', require: 'readonly', URL: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
