// Runs a command for as long as stdin is open, so that it ends with whoever started it, however that
// ends: node leash.mjs COMMAND [ARGUMENTS]
import { spawn } from 'node:child_process';
import process from 'node:process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
process.stdin.resume().on('end', () => child.kill('SIGKILL'));
