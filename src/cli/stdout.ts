import { Console } from 'node:console';

/**
 * Keeps stdout for the protocol: from now on `process.stdout` and `console` are stderr to everyone,
 * whatever a dependency may want to print.
 *
 * @returns the real stdout
 */
export function reserveStdout(): NodeJS.WriteStream {
  const { stdout, stderr } = process;
  Object.defineProperty(process, 'stdout', { value: stderr, configurable: true });
  globalThis.console = new Console(stderr, stderr);
  return stdout;
}
