import { readCommandLine } from '../../src/cli/command-line';
import { flagDefinitions, givenSettings } from '../../src/config';
import { load } from '../config/support';

const read = (...args: string[]) =>
  readCommandLine(['node', 'ts-calculator', ...args], {
    version: '1.2.3',
    flags: flagDefinitions(),
  });

test.each<[string, string[], Record<string, string>]>([
  ['observe', ['observe', '--propagate', '--', 'node', 'x.mjs'], { propagate: 'on' }],
  [
    'observe, amid others',
    ['observe', '--redact', 'pin', '--propagate', 'node'],
    { redact: 'pin', propagate: 'on' },
  ],
  ['observe without it', ['observe', '--', 'node', '--propagate'], {}],
  ['config', ['config', '--propagate'], { propagate: 'on' }],
])('a switch stands alone and means on: %s', (_, args, flags) => {
  expect(read(...args)).toMatchObject({ flags });
  const loaded = load({}, (read(...args) as { flags: Record<string, string> }).flags);
  expect(loaded.settings.propagate).toBe('propagate' in flags);
  const isSwitch = givenSettings(loaded).filter((one) => one.isSwitch);
  expect(isSwitch.map(({ name }) => name)).toEqual('propagate' in flags ? ['--propagate'] : []);
});

test('what follows the command that is observed is its own', () => {
  expect(read('observe', 'uvx', 'mcp-server-time', '--propagate', '--', '-x')).toEqual({
    command: 'observe',
    run: { command: 'uvx', args: ['mcp-server-time', '--propagate', '--', '-x'] },
    flags: {},
  });
});

test('a variable is no switch, and a flag beats it', () => {
  const loaded = load({ TS_CALCULATOR_PROPAGATE: 'off' }, { propagate: 'on' });
  expect(loaded.settings.propagate).toBe(true);
  const given = givenSettings(load({ TS_CALCULATOR_PROPAGATE: 'on' }));
  expect(given).toMatchObject([{ kind: 'variable', isSwitch: false, text: 'on' }]);
});
