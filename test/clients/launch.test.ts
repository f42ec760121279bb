import { launchCommand, type Program } from '../../src/clients/launch';

const NPX = { command: 'npx', args: ['-y', 'ts-calculator'] };
const CMD = { command: 'cmd', args: ['/c', 'npx', '-y', 'ts-calculator'] };

// Platform, Node's path, the program's path, how it is started.
test.each<[Program['platform'], string, string, object]>([
  ['linux', '/n/node', '/p/node_modules/ts-calculator/bin/ts-calculator.js', NPX],
  ['darwin', '/n/node', '/u/.npm/_npx/1f/node_modules/ts-calculator/bin/ts-calculator.js', NPX],
  ['linux', '/n/node', '/usr/lib/node_modules/ts-calculator/bin/ts-calculator.js', NPX],
  [
    'win32',
    'C:\\n\\node.exe',
    'C:\\u\\npm\\node_modules\\ts-calculator\\bin\\ts-calculator.js',
    CMD,
  ],
  [
    'linux',
    '/n/node',
    '/src/ts-calculator/bin/ts-calculator.js',
    { command: '/n/node', args: ['/src/ts-calculator/bin/ts-calculator.js'] },
  ],
  [
    'linux',
    '/n/node',
    '/src/my_node_modules/bin/ts-calculator.js',
    { command: '/n/node', args: ['/src/my_node_modules/bin/ts-calculator.js'] },
  ],
  [
    'win32',
    'C:\\n\\node.exe',
    'C:\\src\\bin\\ts-calculator.js',
    { command: 'C:\\n\\node.exe', args: ['C:\\src\\bin\\ts-calculator.js'] },
  ],
])('%s, %s, %s', (platform, execPath, path, expected) => {
  expect(launchCommand({ platform, execPath, path, cwd: '/' })).toEqual(expected);
});
