// Runs a command and writes down what goes through its stdin and stdout, byte for byte, as it goes:
// node record.mjs FOLDER COMMAND [ARGUMENTS]
// FOLDER gets two files for each process: 0.client and 0.server, 1.client and 1.server, ...
import { spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const [folder, command, ...args] = process.argv.slice(2);

/** The first number that no process before this one took. */
function take(number = 0) {
  try {
    closeSync(openSync(join(folder, `${number}.client`), 'wx'));
    return number;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return take(number + 1);
  }
}
const number = take();
const recorder = (from) => {
  const file = openSync(join(folder, `${number}.${from}`), 'a');
  return (chunk) => writeSync(file, chunk);
};

const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
process.stdin.on('data', recorder('client')).pipe(child.stdin);
child.stdout.on('data', recorder('server')).pipe(process.stdout);
child.stdin.on('error', () => {}); // The child is gone, and `exit` tells.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code) => {
  process.stdin.destroy();
  process.exitCode = code ?? 1;
});
