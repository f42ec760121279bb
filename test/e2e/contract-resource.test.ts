import { readFileSync } from 'node:fs';
import { arch, hostname } from 'node:os';
import { join } from 'node:path';
import { stopAll } from '../support/cli';
import { ROOT } from '../support/root';
import type { Attributes } from '../support/otlp-types';
import { oneCall, run, type Run } from './support/run';

// The resource: the same on all three signals, and nothing that the contract does not list.

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm: 'arm32', ia32: 'x86' };

afterEach(stopAll);

const resources = ({ receiver }: Run): Attributes[] => [
  ...[...receiver.spans, ...receiver.metrics, ...receiver.logs].map(({ resource }) => resource),
];

test('as the contract lists it', async () => {
  const finished = await run();
  const { receiver, cli } = finished;
  const [first, ...others] = resources(finished);
  expect(first).toEqual({
    'service.name': 'ts-calculator',
    'service.version': version,
    'service.instance.id': expect.stringMatching(UUID),
    'mcp.protocol_version': '2025-11-25',
    'openinference.project.name': 'ts-calculator',
    'process.pid': cli.pid,
    'process.executable.name': 'node',
    'process.executable.path': process.execPath,
    'process.command': join(ROOT, 'bin', 'ts-calculator.js'),
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
    'process.runtime.description': 'Node.js',
    'host.name': hostname(),
    'host.arch': ARCHITECTURES[arch()] ?? arch(),
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  for (const other of others) expect(other).toEqual(first);
  for (const list of [receiver.spans, receiver.metrics, receiver.logs]) {
    expect(list.length).toBeGreaterThan(0);
  }
  expect(receiver.spans[0]!.scope).toEqual({ name: 'ts-calculator', version, attributes: {} });
  expect(receiver.logs[0]!.scope).toEqual(receiver.spans[0]!.scope);
});

test('an older revision is negotiated: the newest stays in the resource', async () => {
  const { receiver } = await run({}, async (cli) => {
    await cli.initialize('2024-11-05');
    await cli.call('add', { a: 1, b: 2 });
  });
  const span = receiver.spans.find(({ name }) => name === 'tools/call add')!;
  expect(span.resource['mcp.protocol_version']).toBe('2025-11-25');
  expect(span.attributes).toMatchObject({
    'mcp.protocol_version': '2024-11-05',
    'mcp.protocol.version': '2024-11-05',
  });
});

test('two processes are two instances', async () => {
  const [a, b] = await Promise.all([run({}, oneCall), run({}, oneCall)]);
  const ids = [a, b].map(({ receiver }) => receiver.spans[0]!.resource['service.instance.id']);
  expect(ids[0]).not.toBe(ids[1]);
});

type Case = [title: string, env: Record<string, string>, args: string[], expected: Attributes];
test.each<Case>([
  ['OTEL_SERVICE_NAME', { OTEL_SERVICE_NAME: 'x' }, [], { 'service.name': 'x' }],
  ['… and the project follows', { OTEL_SERVICE_NAME: 'x' }, [], project('x')],
  ['--service-name beats it', { OTEL_SERVICE_NAME: 'x' }, flag('name', 'y'), service('name', 'y')],
  ['SERVICE_VERSION', { SERVICE_VERSION: '9' }, [], service('version', '9')],
  ['--service-version', { SERVICE_VERSION: '9' }, flag('version', '10'), service('version', '10')],
  ['PHOENIX_PROJECT_NAME', { PHOENIX_PROJECT_NAME: 'p', PHOENIX_PROJECT: 'q' }, [], project('p')],
  ['PHOENIX_PROJECT', { PHOENIX_PROJECT: 'q' }, [], project('q')],
  ['--phoenix-project', { PHOENIX_PROJECT: 'q' }, ['--phoenix-project', 'r'], project('r')],
  [
    'OTEL_RESOURCE_ATTRIBUTES',
    { OTEL_RESOURCE_ATTRIBUTES: 'team=a%20b,deployment.environment.name=test,host.name=h' },
    [],
    { team: 'a b', 'deployment.environment.name': 'test', 'host.name': 'h' },
  ],
  [
    'its service.name stands in',
    { OTEL_RESOURCE_ATTRIBUTES: 'service.name=z,openinference.project.name=o' },
    [],
    { ...service('name', 'z'), ...project('o') },
  ],
  [
    'OTEL_SERVICE_NAME beats it',
    { OTEL_RESOURCE_ATTRIBUTES: 'service.name=z', OTEL_SERVICE_NAME: 'x' },
    [],
    service('name', 'x'),
  ],
])('%s', async (_title, env, args, expected) => {
  const finished = await run({ env, args });
  for (const resource of resources(finished)) expect(resource).toMatchObject(expected);
  const { attributes } = finished.receiver.spans[0]!;
  const { 'service.name': name, 'service.version': serviceVersion } = attributes;
  expect(finished.receiver.spans[0]!.resource).toMatchObject({
    'service.name': name,
    'service.version': serviceVersion,
  });
  expect(finished.cli.stderr).toContain(` - ${String(name)} - INFO - `);
});

function project(name: string): Attributes {
  return { 'openinference.project.name': name };
}
function service(part: 'name' | 'version', value: string): Attributes {
  return { [`service.${part}`]: value };
}
function flag(part: 'name' | 'version', value: string): string[] {
  return [`--service-${part}`, value];
}
