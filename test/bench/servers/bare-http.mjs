// The physical limit over HTTP: Node's own server that parses a body, adds, and writes. It checks
// nothing and knows no protocol beyond what the benchmark sends.
import { Buffer } from 'node:buffer';
import console from 'node:console';
import { createServer } from 'node:http';
import process from 'node:process';
import { answer } from './bare-answer.mjs';

let sessions = 0;

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const message = JSON.parse(Buffer.concat(chunks));
    const text = answer(message);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': text.length };
    if (message.method === 'initialize') headers['Mcp-Session-Id'] = `${++sessions}`;
    response.writeHead(text === '' ? 202 : 200, headers).end(text);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.error(`listening on http://127.0.0.1:${server.address().port}/mcp`);
});
process.on('SIGTERM', () => process.exit(0));
