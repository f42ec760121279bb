// Runs a TypeScript file of the tests as its own process: node run-ts.mjs FILE [ARGUMENTS]
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { resolve } from 'node:path';
import process from 'node:process';
import { transformSync } from '@swc/core';

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs', ignoreDynamic: true },
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};
createRequire(import.meta.url)(resolve(process.argv[2]));
