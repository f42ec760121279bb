import { VERSION } from '../version';
import { createLibrary } from './observe';

export type { ObservableServer, ObservableTransport } from './observable';

/** The library of this process: here, as in src/cli/main.ts, is where the process is read. */
export const { observe, shutdown } = createLibrary({
  env: process.env,
  main: process.argv[1],
  packageVersion: VERSION,
  stderr: () => process.stderr,
  onIdle: (call) => {
    process.once('beforeExit', call);
    return () => process.off('beforeExit', call);
  },
});
