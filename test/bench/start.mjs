// Time from spawn to the `initialize` reply: the built product with all telemetry on and a healthy
// receiver, beside the stock SDK server. node test/bench/start.mjs [--rounds N]
import { spawn } from 'node:child_process';
import console from 'node:console';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath, URL } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
if (!(rounds >= 1)) throw new Error(`--rounds takes a number, not ${values.rounds}`);

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const servers = {
  'ts-calculator': path('../../bin/ts-calculator.js'),
  'stock server': path('../support/stock-server.mjs'),
};
if (!existsSync(path('../../dist/cli.cjs'))) throw new Error('build first: npm run build');

const initialize = `${JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  },
})}\n`;

/** Milliseconds from spawn to the reply. The server is let end by itself before the next starts. */
async function start(file, env) {
  const began = performance.now();
  const child = spawn(process.execPath, [file], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  child.stdin.write(initialize);
  const reply = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => ['{}']),
  ]);
  const took = performance.now() - began;
  child.stdin.end();
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  const [code] = await ended;
  clearTimeout(late);
  if (!JSON.parse(reply[0]).result || code !== 0) {
    throw new Error(`${file} answered ${reply[0]} and ended with ${code}`);
  }
  return took;
}

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
function quantile(numbers, share) {
  const all = sorted(numbers);
  const at = share * (all.length - 1);
  const below = all[Math.floor(at)];
  return below + (all[Math.ceil(at)] - below) * (at - Math.floor(at));
}
const spread = (numbers, digits) =>
  [0.5, 0.25, 0.75, 0, 1]
    .map((share) => quantile(numbers, share).toFixed(digits).padStart(8))
    .join('');

// The receiver is the tests' own, in its own process.
const receiver = spawn(
  process.execPath,
  [path('../support/run-ts.mjs'), path('../support/receiver-main.ts')],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
try {
  const said = createInterface(receiver.stdout)[Symbol.asyncIterator]();
  const { url } = JSON.parse((await said.next()).value);
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|PHOENIX_|TS_CALCULATOR_|SERVICE_VERSION$|NODE_)/.test(name),
  );
  const env = { ...Object.fromEntries(inherited), OTEL_EXPORTER_OTLP_ENDPOINT: url };

  const names = Object.keys(servers);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await start(servers[name], env); // Warms the file cache.
  for (let round = 0; round < rounds; round++) {
    // Who starts changes from round to round.
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      times[name].push(await start(servers[name], env));
    }
  }
  const [own, stock] = names.map((name) => times[name]);
  receiver.stdin.write('\n');
  const { spans, points } = JSON.parse((await said.next()).value);
  if (spans < rounds || points === 0) throw new Error(`the receiver has ${spans} spans only`);

  console.log(`Spawn to initialize reply, ${rounds} rounds, interleaved`);
  console.log(`Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
  console.log(
    `${''.padEnd(20)}${['median', 'p25', 'p75', 'min', 'max'].map((s) => s.padStart(8)).join('')}`,
  );
  for (const name of names) console.log(`${`${name}, ms`.padEnd(20)}${spread(times[name], 1)}`);
  console.log(
    `${'ratio by round'.padEnd(20)}${spread(
      own.map((ms, i) => ms / stock[i]),
      3,
    )}`,
  );
  console.log(`At the receiver: ${spans} spans, ${points} metric points.`);
} finally {
  receiver.stdin.end();
}
