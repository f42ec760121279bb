// An OTLP and Sentry receiver in a process of its own, steered by what it is asked: { delay } sets how
// long it takes for an answer, { clear } forgets what came, { count } tells what came. It takes what it
// answered in time: a client that has gone has not sent.
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers';
import { setTimeout as after } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { serveHelper } from '../helper.mjs';
import { Tally } from './tally.mjs';

let tally = new Tally();
let delayMs = 0;
let open = 0;

const server = createServer((request, response) => {
  open++;
  response.on('close', () => open--);
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    if (delayMs > 0) setTimeout(take, delayMs, request, response, body);
    else take(request, response, body);
  });
});

function take(request, response, body) {
  if (response.destroyed) return;
  const isZipped = request.headers['content-encoding'] === 'gzip';
  tally.add(request.url.split('?')[0], isZipped ? gunzipSync(body) : body);
  // OTLP's full success is a message without fields; Sentry reads no more than the status.
  response.writeHead(200, { 'Content-Type': request.headers['content-type'] ?? 'text/plain' });
  response.end();
}

// A kept connection is never closed under a client: the fault would be the benchmark's.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  serveHelper({ url: `http://127.0.0.1:${server.address().port}` }, steer);
});

function steer({ delay, clear, count: exactly }) {
  if (exactly !== undefined) return count(exactly);
  if (delay !== undefined) delayMs = delay;
  if (clear) tally = new Tally();
}

/** What came, once every request under way has its answer or has lost its client. */
async function count(exactly) {
  while (exactly && open > 0) await after(10);
  return tally.report(exactly);
}
