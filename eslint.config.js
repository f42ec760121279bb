import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The arrows of docs/architecture.md: what a folder must not import. */
const arrow = (folder, forbidden, why) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [{ group: forbidden, message: `src/${folder} ${why} (docs/architecture.md).` }] },
    ],
  },
});
const SDK = '@modelcontextprotocol/*';
const OTEL = '@opentelemetry/*';

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
    rules: { 'max-lines': ['error', { max: 250 }], 'no-console': 'error' },
  },
  {
    files: ['bin/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
  arrow('arithmetic', ['../*', SDK, OTEL], 'knows nothing of the rest'),
  arrow(
    'tools',
    [
      '**/telemetry/*',
      '**/tap/*',
      '**/transport/*',
      '**/server/*',
      '**/cli/*',
      '**/config/*',
      SDK,
      OTEL,
    ],
    'imports arithmetic only',
  ),
  arrow(
    'server',
    ['**/telemetry/*', '**/cli/*', '**/transport/*', '**/tap/*', OTEL],
    'knows tools and the SDK',
  ),
  arrow(
    'transport',
    ['**/telemetry/*', '**/cli/*', '**/server/*', '**/tools/*', OTEL],
    'carries messages',
  ),
  arrow(
    'tap',
    ['**/cli/*', '**/server/*', '**/tools/*', '**/transport/*', SDK, OTEL],
    'sees messages only',
  ),
  arrow(
    'telemetry',
    [SDK, '**/cli/*', '**/server/*', '**/tools/*', '**/transport/*'],
    'is a function of operations',
  ),
  arrow(
    'config',
    ['**/cli/*', '**/server/*', '**/tools/*', '**/telemetry/*', '**/tap/*', SDK, OTEL],
    'is parsed at the edge',
  ),
);
