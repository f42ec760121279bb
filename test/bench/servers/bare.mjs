// The physical limit: a Node process that parses a line, adds, and writes. It checks nothing and
// knows no protocol beyond what the benchmark sends, so no real server can be faster.
import process from 'node:process';
import { answer } from './bare-answer.mjs';

function line(text) {
  const answered = answer(JSON.parse(text));
  return answered === '' ? '' : `${answered}\n`;
}

let rest = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  if (lines.length > 0) process.stdout.write(lines.map(line).join(''));
});
