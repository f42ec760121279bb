import type { AddressInfo } from 'node:net';
import type { HttpSettings } from '../../../src/config/settings';
import { HttpDoor } from '../../../src/http';
import { createDirect } from '../../../src/server/direct';
import { checkParams } from '../../../src/server/params';
import { createServer } from '../../../src/server/create-server';
import { PROTOCOL_VERSIONS } from '../../../src/server/protocol-versions';
import { ToolError, type Tool } from '../../../src/tools/define-tool';
import { createRegistry } from '../../../src/tools/registry';
import { Connection } from '../../../src/transport/connection';
import { recordingTap } from '../../tap/recording-tap';

const COMMON = {
  title: 'For the suite',
  description: 'A tool that the conformance suite asks for.',
  inputSchema: { type: 'object', additionalProperties: false },
  outputSchema: { type: 'object' },
  annotations: {
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
};

/** Every keyword of which the suite looks whether it is kept. */
const SCHEMA_2020_12 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'address',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contact: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contact: { const: 'phone' } }, required: ['contact'] },
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

/** Those of the suite's tools that are such as ours: they take a call and return text, or fail. */
const TOOLS: Tool[] = [
  {
    ...COMMON,
    name: 'test_simple_text',
    run: () => ({ text: 'This is a simple text response for testing.', structured: {} }),
  },
  {
    ...COMMON,
    name: 'test_error_handling',
    run() {
      throw new ToolError('invalid_args', 'This tool intentionally returns an error for testing');
    },
  },
  {
    ...COMMON,
    name: 'json_schema_2020_12_tool',
    inputSchema: SCHEMA_2020_12,
    run: () => ({ text: 'ok', structured: {} }),
  },
];

/** The product's own door and server, with the suite's tools in the place of the calculator's. */
export async function serveFixture(): Promise<{ address: string; end: () => Promise<void> }> {
  const registry = createRegistry(TOOLS);
  const about = { name: 'fixture', version: '1.0.0' };
  const door = new HttpDoor({
    settings: SETTINGS,
    protocolVersions: PROTOCOL_VERSIONS,
    extract: () => ({}),
    reports: { health: () => ({}), metrics: () => undefined },
    onRefused: () => undefined,
    onFault(error) {
      throw error;
    },
    connect({ session: _session, ...options }) {
      const { tap } = recordingTap({ tools: new Set(registry.keys()) });
      const connection = new Connection({
        tap,
        check: checkParams,
        direct: createDirect(registry, about),
        connectSdk: (transport) => createServer(registry, about).connect(transport),
        ...options,
      });
      return { connection, describe: (more) => tap.describeSession(more), end: () => tap.close() };
    },
  });
  const { port }: AddressInfo = await door.listen();
  return { address: `http://127.0.0.1:${port}/mcp`, end: () => door.end() };
}

const SETTINGS: HttpSettings = {
  host: '127.0.0.1',
  port: 0,
  path: '/mcp',
  sessionIdleMillis: 60_000,
  tokenDigests: [],
  allowedOrigins: [],
  allowedHosts: [],
};
