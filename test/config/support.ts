import { loadSettings, type LoadedSettings, type LoadOptions } from '../../src/config';

type Env = Readonly<Record<string, string>>;

/** Loads with nothing set but what is given; files are texts by path. */
export function load(
  env: Env = {},
  flags: LoadOptions['flags'] = {},
  files: Readonly<Record<string, string>> = {},
): LoadedSettings {
  return loadSettings({
    flags,
    env,
    packageVersion: '1.2.3',
    readFile: (path) => {
      const content = files[path];
      if (content === undefined) {
        throw new Error(`ENOENT: no such file or directory, open '${path}'`);
      }
      return content;
    },
  });
}

/** The value at a dotted path: `signals.traces.url`. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((part, key) => (part as Record<string, unknown>)[key], value);

/** The one warning that a load gave; fails where there were more or none. */
export function onlyWarning(loaded: LoadedSettings): string {
  expect(loaded.warnings).toHaveLength(1);
  return loaded.warnings[0]!;
}
