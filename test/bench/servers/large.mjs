// A server whose answers are as large as they are asked for, and cost it next to nothing: `give` asks
// for so many characters of text. A text that is sent along is not looked at.
import process from 'node:process';

const texts = new Map();

function text(characters) {
  if (!texts.has(characters)) texts.set(characters, 'x'.repeat(characters));
  return texts.get(characters);
}

function answer(line) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return '';
  if (method === 'initialize') {
    const { protocolVersion } = params;
    const serverInfo = { name: 'large', version: '1.0.0' };
    return reply(id, JSON.stringify({ protocolVersion, capabilities: { tools: {} }, serverInfo }));
  }
  return reply(id, `{"content":[{"type":"text","text":"${text(params.arguments.characters)}"}]}`);
}

const reply = (id, result) => `{"jsonrpc":"2.0","id":${id},"result":${result}}\n`;

let rest = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const line of lines) process.stdout.write(answer(line));
});
