import { arch, hostname } from 'node:os';
import { basename } from 'node:path';
import { SDK_INFO } from '@opentelemetry/core';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import type { Settings } from '../config/settings';

type ResourceSettings = Pick<
  Settings,
  'serviceName' | 'serviceVersion' | 'phoenixProject' | 'resourceAttributes'
>;

export interface ResourceInputs {
  readonly settings: ResourceSettings;
  /** A UUID, one per process. */
  readonly instanceId: string;
  /** The newest revision that is spoken, where that is known. */
  readonly protocolVersion: string | undefined;
  /** Default: this process's. A worker thread's `command` would be the worker's own file. */
  readonly process?: ProcessFacts;
}

type Facts = Required<ResourceInputs>;

/** What is said of the process and its host. The command line's arguments are not: they may hold secrets. */
export interface ProcessFacts {
  readonly pid: number;
  readonly executablePath: string;
  /** The script. */
  readonly command: string | undefined;
  readonly nodeVersion: string;
  readonly hostName: string;
  /** As Node has it: `x64`. */
  readonly arch: string;
}

export interface ResourceAttribute {
  readonly key: string;
  readonly meaning: string;
  /** Whether OTEL_RESOURCE_ATTRIBUTES may say otherwise. */
  readonly overridable: boolean;
  value(facts: Facts): string | number | undefined;
}

const own = (key: string, meaning: string, value: ResourceAttribute['value']) => ({
  key,
  meaning,
  overridable: false,
  value,
});
const detected = (key: string, meaning: string, value: ResourceAttribute['value']) => ({
  ...own(key, meaning, value),
  overridable: true,
});

/** The resource, row by row: the contract's Resource section. */
export const RESOURCE_ATTRIBUTES: readonly ResourceAttribute[] = [
  own(
    'service.name',
    'default `ts-calculator`; under `observe` what the server calls itself',
    ({ settings }) => settings.serviceName,
  ),
  own(
    'service.version',
    "default the package's; under `observe` the observed server's, where it says one",
    ({ settings }) => settings.serviceVersion || undefined,
  ),
  detected('service.instance.id', 'a UUID, one per process', ({ instanceId }) => instanceId),
  own(
    'mcp.protocol_version',
    'the newest MCP revision spoken (`observe`: the one agreed on); the negotiated one is on the span',
    ({ protocolVersion }) => protocolVersion,
  ),
  own(
    'openinference.project.name',
    "Phoenix's project; default the service's name",
    ({ settings }) => settings.phoenixProject,
  ),
  detected('process.pid', 'the process', (facts) => facts.process.pid),
  detected('process.executable.name', "Node's file name", (facts) =>
    basename(facts.process.executablePath),
  ),
  detected('process.executable.path', "Node's path", (facts) => facts.process.executablePath),
  detected('process.command', 'the script; never its arguments', (facts) => facts.process.command),
  detected('process.runtime.name', '`nodejs`', () => 'nodejs'),
  detected('process.runtime.version', "Node's version", (facts) => facts.process.nodeVersion),
  detected('process.runtime.description', '`Node.js`', () => 'Node.js'),
  detected('host.name', "the machine's name", (facts) => facts.process.hostName),
  detected('host.arch', 'such as `amd64`, `arm64`', (facts) => architecture(facts.process.arch)),
  ...Object.entries(SDK_INFO)
    .filter(([key]) => key.startsWith('telemetry.sdk.'))
    .map(([key, value]) => detected(key, 'OpenTelemetry for JavaScript', () => String(value))),
];

/**
 * The resource of all signals. OTEL_RESOURCE_ATTRIBUTES beats what was detected, not the settings
 * that have sources of their own.
 */
export function createResource(inputs: ResourceInputs): Resource {
  const facts: Facts = { process: currentProcessFacts(), ...inputs };
  const valuesOf = (overridable: boolean) =>
    RESOURCE_ATTRIBUTES.filter((row) => row.overridable === overridable).flatMap((row) => {
      const value = row.value(facts);
      return value === undefined ? [] : [[row.key, value] as const];
    });
  return resourceFromAttributes({
    ...Object.fromEntries(valuesOf(true)),
    ...inputs.settings.resourceAttributes,
    ...Object.fromEntries(valuesOf(false)),
  });
}

/** The facts of the process that this runs in. */
export function currentProcessFacts(): ProcessFacts {
  return {
    pid: process.pid,
    executablePath: process.execPath,
    command: process.argv[1],
    nodeVersion: process.versions.node,
    hostName: hostname(),
    arch: arch(),
  };
}

/** Node's names for processors in OpenTelemetry's (`host.arch`). */
function architecture(name: string): string {
  const names: Readonly<Record<string, string>> = {
    arm: 'arm32',
    ia32: 'x86',
    ppc: 'ppc32',
    x64: 'amd64',
  };
  return names[name] ?? name;
}
