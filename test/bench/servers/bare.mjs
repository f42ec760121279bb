// The physical limit: a Node process that parses a line, adds, and writes. It checks nothing and
// knows no protocol beyond what the benchmark sends, so no real server can be faster.
import process from 'node:process';

const add = ({ a, b }) => (typeof a === 'string' ? String(BigInt(a) + BigInt(b)) : a + b);

function answer(line) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return '';
  if (method === 'initialize') {
    const { protocolVersion } = params;
    const serverInfo = { name: 'bare', version: '1.0.0' };
    return reply(id, { protocolVersion, capabilities: { tools: {} }, serverInfo });
  }
  const result = add(params.arguments);
  return reply(id, {
    content: [{ type: 'text', text: String(result) }],
    structuredContent: { result },
  });
}

const reply = (id, result) => `${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`;

let rest = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  if (lines.length > 0) process.stdout.write(lines.map(answer).join(''));
});
