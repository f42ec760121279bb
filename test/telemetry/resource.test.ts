import {
  createResource,
  currentProcessFacts,
  type ResourceInputs,
} from '../../src/telemetry/resource';

const INPUTS: ResourceInputs = {
  settings: {
    serviceName: 'calc',
    serviceVersion: '1.2.3',
    phoenixProject: 'calc',
    resourceAttributes: {},
  },
  instanceId: '3f1c8a52-6d0e-4b7a-9c1d-2e5f7a8b9c0d',
  protocolVersion: '2025-11-25',
  process: {
    pid: 42,
    executablePath: '/opt/node/bin/node',
    command: '/opt/calc/bin/calc.js',
    nodeVersion: '20.1.0',
    hostName: 'box',
    arch: 'x64',
  },
};
const attributes = (settings: Partial<ResourceInputs['settings']> = {}) =>
  createResource({ ...INPUTS, settings: { ...INPUTS.settings, ...settings } }).attributes;

test('everything that the contract names, and nothing else', () => {
  expect(attributes()).toEqual({
    'service.name': 'calc',
    'service.version': '1.2.3',
    'service.instance.id': '3f1c8a52-6d0e-4b7a-9c1d-2e5f7a8b9c0d',
    'mcp.protocol_version': '2025-11-25',
    'openinference.project.name': 'calc',
    'process.pid': 42,
    'process.executable.name': 'node',
    'process.executable.path': '/opt/node/bin/node',
    'process.command': '/opt/calc/bin/calc.js',
    'process.runtime.name': 'nodejs',
    'process.runtime.version': '20.1.0',
    'process.runtime.description': 'Node.js',
    'host.name': 'box',
    'host.arch': 'amd64',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
});

test.each<[string, string, string]>([
  ['what was detected', 'host.name', 'other'],
  ['the instance', 'service.instance.id', 'pod-1'],
  ['what is not known', 'deployment.environment.name', 'test'],
])('OTEL_RESOURCE_ATTRIBUTES says %s', (_, key, value) => {
  expect(attributes({ resourceAttributes: { [key]: value } })).toHaveProperty([key], value);
});

test.each<[string, string]>([
  ['service.name', 'calc'],
  ['service.version', '1.2.3'],
  ['mcp.protocol_version', '2025-11-25'],
  // The settings have looked there (src/config/resolve).
  ['openinference.project.name', 'calc'],
])('but not %s, which has its own sources', (key, value) => {
  expect(attributes({ resourceAttributes: { [key]: 'other' } })).toHaveProperty([key], value);
});

test('the real process: no arguments, which may hold secrets', () => {
  const { settings, instanceId, protocolVersion } = INPUTS;
  const real = createResource({ settings, instanceId, protocolVersion }).attributes;
  expect(real['process.pid']).toBe(process.pid);
  expect(currentProcessFacts().executablePath).toBe(process.execPath);
  expect(Object.keys(real).filter((key) => key.includes('args'))).toEqual([]);
});
