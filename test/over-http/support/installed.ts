/** What install.mjs prints: the commands of k6 and of Node 22, and folders. */
export type Installed = Record<
  'k6' | 'node' | 'conformance' | 'packages' | 'python' | 'python-v1',
  string
>;

/** cleanEnvironment() keeps it from what is started. */
const NAME = 'JEST_OVER_HTTP';

export const share = (installed: Installed): void =>
  void (process.env[NAME] = JSON.stringify(installed));

export const installed = (name: keyof Installed): string =>
  (JSON.parse(process.env[NAME]!) as Installed)[name];
