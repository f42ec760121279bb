import { CommanderError } from 'commander';
import { ConfigError } from '../config';
import { runProgram } from './program';
import { UsageError } from './usage-error';

// A reader that is gone (`| head -1`) is no fault; `serve`, which must end then, listens for itself.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await runProgram();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode;
  } else if (error instanceof ConfigError || error instanceof UsageError) {
    process.stderr.write(`ts-calculator: ${error.message}\n`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
