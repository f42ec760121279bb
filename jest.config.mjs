// TypeScript is compiled by swc to CommonJS for the tests; the product itself is bundled by tsup.
const project = (name, testMatch, extra = {}) => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch,
  moduleFileExtensions: ['ts', 'js', 'json'],
  transform: {
    '^.+\\.[tj]s$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
  ...extra,
});

export default {
  projects: [
    project('unit', ['<rootDir>/test/**/*.test.ts'], {
      testPathIgnorePatterns: [
        '/node_modules/',
        ...['/test/e2e/', '/test/phoenix/', '/test/servers/', '/test/over-http/', '/test/stack/'],
        '/test/bench/',
      ],
    }),
    project('e2e', ['<rootDir>/test/e2e/**/*.test.ts'], {
      globalSetup: '<rootDir>/test/support/global-setup.ts',
    }),
    project('phoenix', ['<rootDir>/test/phoenix/**/*.test.ts'], {
      globalSetup: '<rootDir>/test/phoenix/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/phoenix/support/global-teardown.ts',
      setupFilesAfterEnv: ['<rootDir>/test/phoenix/support/timeout.ts'],
    }),
    project('servers', ['<rootDir>/test/servers/**/*.test.ts'], {
      globalSetup: '<rootDir>/test/servers/support/global-setup.ts',
      setupFilesAfterEnv: ['<rootDir>/test/servers/support/timeout.ts'],
    }),
    project('stack', ['<rootDir>/test/stack/**/*.test.ts'], {
      globalSetup: '<rootDir>/test/stack/support/global-setup.ts',
      setupFilesAfterEnv: ['<rootDir>/test/servers/support/timeout.ts'],
    }),
    project('http', ['<rootDir>/test/over-http/**/*.test.ts'], {
      globalSetup: '<rootDir>/test/over-http/support/global-setup.ts',
      setupFilesAfterEnv: ['<rootDir>/test/servers/support/timeout.ts'],
    }),
  ],
};
