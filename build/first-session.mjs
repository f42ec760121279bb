// The first session with what was built: it lives long enough to leave V8's code cache beside it
// (src/start), for the Node at hand. So nobody who builds has a slow first start, and no test and no
// benchmark sees one. Elsewhere a user's first session does the same.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, URL } from 'node:url';

const LIFE_MILLIS = 3_000;
const program = fileURLToPath(new URL('../bin/ts-calculator.js', import.meta.url));

// What exports the telemetry is to be compiled too.
const receiver = createServer((request, response) => {
  request.resume().on('end', () => response.end());
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const endpoint = `http://127.0.0.1:${receiver.address().port}`;

const env = {
  ...process.env,
  OTEL_SDK_DISABLED: '',
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  PHOENIX_ENDPOINT: endpoint,
};
const child = spawn(process.execPath, [program, '--log-level', 'error'], {
  env,
  stdio: ['pipe', 'ignore', 'inherit'],
});
const send = (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const clientInfo = { name: 'build', version: '1' };
const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
send({ id: 1, method: 'initialize', params });
send({ method: 'notifications/initialized' });
send({ id: 2, method: 'tools/list' });
send({ id: 3, method: 'tools/call', params: { name: 'divide', arguments: { a: 1, b: 8 } } });
// What the start leaves out is loaded for it.
send({ id: 4, method: 'prompts/list' });
await setTimeout(LIFE_MILLIS);
child.stdin.end();
const [code] = await once(child, 'exit');
receiver.closeAllConnections();
receiver.close();
if (code !== 0) throw new Error(`the first session ended with ${code}`);
