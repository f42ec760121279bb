import type { GivenSetting } from '../config';
import { launchCommand, type Command, type Program } from './launch';
import { CALCULATOR } from './names';
import { nameOfObserved } from './observed';
import { rewrite, type StandIn } from './rewrite';

/** How a client is to start the server, and with which settings. */
export interface Entry extends Command {
  /** What the server is called in a client. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** The names of the secrets for which something stands in the entry, each once. */
  readonly hidden: readonly string[];
}

/**
 * A client starts servers in a folder of its own, and talks with them on stdin and stdout.
 *
 * @param standIn undefined: secrets are written out
 */
export function makeEntry(
  given: readonly GivenSetting[],
  program: Program,
  standIn: StandIn | undefined,
): Entry {
  const { observed } = program;
  const taker = observed ? 'observe' : 'calculator';
  const { flags, variables, hidden } = rewrite(given, [taker], program, standIn);
  const { command, args } = launchCommand(program);
  return {
    name: observed ? nameOfObserved(observed) : CALCULATOR,
    command,
    args: observed
      ? [...args, 'observe', ...flags, '--', observed.command, ...observed.args]
      : [...args, ...flags],
    env: variables,
    hidden,
  };
}
