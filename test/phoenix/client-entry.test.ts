import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  getDefaultEnvironment,
  StdioClientTransport,
} from '@modelcontextprotocol/sdk/client/stdio.js';
import { tmpdir } from 'node:os';
import { stopAll } from '../support/cli';
import { command } from '../e2e/support/command';
import { HANDSHAKE_SPANS } from '../e2e/support/load';
import { checked, sharedPhoenix } from './support/shared';

// What `ts-calculator config --client claude-desktop` prints, read by a program as the client would.

afterEach(stopAll);

test('the printed entry starts the server, and the call it answers is in Phoenix', async () => {
  const phoenix = sharedPhoenix();
  const project = 'desktop';
  const printed = await command(['config', '--client', 'claude-desktop'], {
    env: {
      PHOENIX_ENDPOINT: phoenix.url,
      PHOENIX_PROJECT_NAME: project,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      // As the environment of these tests has them otherwise.
      ...{ OTEL_SDK_DISABLED: '', TS_CALCULATOR_LOG_LEVEL: '' },
    },
  });
  expect(printed.code).toBe(0);
  const entry = JSON.parse(printed.stdout).mcpServers.calculator;

  const client = new Client({ name: 'desktop', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: entry.command,
      args: entry.args,
      env: { ...getDefaultEnvironment(), ...entry.env },
      cwd: tmpdir(),
      stderr: 'ignore',
    }),
  );
  const { structuredContent } = await client.callTool({
    ...{ name: 'divide', arguments: { a: 1, b: 8 } },
  });
  expect(structuredContent).toEqual({ result: '0.125', exact: true });
  await phoenix.waitForCount(project, HANDSHAKE_SPANS + 1);
  await client.close();

  const call = (await phoenix.spans(project)).at(-1)!;
  expect(call).toMatchObject({ name: 'tools/call divide', span_kind: 'TOOL' });
  expect(call.attributes['mcp.client.name']).toBe('desktop');
  checked(HANDSHAKE_SPANS + 1);
});
