// The first sessions with what was built: they live long enough to leave V8's code cache beside it
// (src/start), for the Node at hand. So nobody who builds has a slow first start, and no test and no
// benchmark sees one. Elsewhere a user's first session does the same.
import { spawn } from 'node:child_process';
import console from 'node:console';
import { once } from 'node:events';
import { createServer } from 'node:http';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, URL } from 'node:url';

const LIFE_MILLIS = 3_000;
const program = fileURLToPath(new URL('../bin/ts-calculator.js', import.meta.url));
/** What may steer the program or Node from outside: the developer's own settings are not the build's. */
const FOREIGN = /^(OTEL_|PHOENIX_|TS_CALCULATOR_|NODE_)|^SERVICE_VERSION$|_proxy$/i;
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)),
);

/** @throws of a session that ends early, or badly: what was built does not work */
async function runSession(env, args) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...environment, ...env },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const closed = once(child, 'close');
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (told += text));
  child.stdin.on('error', () => {}); // How it ended tells more than EPIPE.

  const send = (message) =>
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'build', version: '1' };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
  send({ id: 1, method: 'initialize', params });
  send({ method: 'notifications/initialized' });
  send({ id: 2, method: 'tools/list' });
  send({ id: 3, method: 'tools/call', params: { name: 'divide', arguments: { a: 1, b: 8 } } });
  // What the start leaves out is loaded for it.
  send({ id: 4, method: 'prompts/list' });

  const isEarly = await Promise.race([closed, setTimeout(LIFE_MILLIS, undefined, { ref: false })]);
  child.stdin.end();
  const [code, signal] = await closed;
  if (isEarly || code !== 0) {
    const when = isEarly ? ' before its stdin did' : '';
    throw new Error(`the first session ended${when}, with ${code ?? signal}\n${told}`);
  }
}

// What exports the telemetry is to be compiled, too.
const receiver = createServer((request, response) => {
  request.resume().on('end', () => response.end());
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const endpoint = `http://127.0.0.1:${receiver.address().port}`;
try {
  // With an option, for what reads the command line is to be compiled, too.
  const withOption = ['--log-level', 'info'];
  await runSession({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, withOption);
  // What writes log lines where nothing is exported. Not at the same time: each would leave code for
  // the files that both load, and this one's lacks what exports.
  await runSession({ OTEL_SDK_DISABLED: 'true' }, withOption);
  // What stands in front of a server.
  await runSession({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, [
    ...['observe', ...withOption, '--'],
    ...[process.execPath, program],
  ]);
} catch (error) {
  console.error(`build/first-session.mjs: ${error.message}`);
  process.exitCode = 1;
} finally {
  receiver.closeAllConnections();
  receiver.close();
}
