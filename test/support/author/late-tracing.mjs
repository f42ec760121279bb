// Two requests, and between them OpenTelemetry is set up.
import { observe } from 'ts-calculator';
import { lookUp } from './dictionary.mjs';

const transport = observe({ async start() {}, async close() {}, async send() {} });
transport.onmessage = async ({ id }) => {
  await transport.send({ jsonrpc: '2.0', id, result: { meaning: await lookUp('tap') } });
};
const call = (id) =>
  transport.onmessage({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'look_up' } });

await call(1);
await import('./tracing.mjs');
await call(2);
