/** The command line is wrong: one line that says how, and exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
