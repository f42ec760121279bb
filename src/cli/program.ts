import { Command } from 'commander';
import { flagDefinitions, loadSettings, type LoadedSettings } from '../config';
import { nearest } from '../nearest';
import { VERSION } from '../version';
import { call } from './call';
import { serve } from './serve';
import { renderTools } from './tools';

const DESCRIPTION =
  'An exact calculator for AI assistants, served over MCP on stdio, in which every request can be seen.';

const HELP = `
Without a command it serves. All settings: ts-calculator serve --help
Examples:
  ts-calculator call add 0.1 0.2
  ts-calculator --phoenix-endpoint http://localhost:6006 --metrics none --logs none`;

/**
 * Parses the command line and runs the command.
 *
 * @returns the exit code, where a command left one
 * @throws {CommanderError} for help, version and usage; what it had to say is said
 */
export async function runProgram(argv: readonly string[] = process.argv): Promise<number> {
  let exitCode = 0;
  const program = new Command('ts-calculator')
    .description(DESCRIPTION)
    .version(VERSION)
    .exitOverride()
    .addHelpText('after', HELP)
    .configureOutput({ outputError: (text, write) => write(oneLine(withGuess(text))) });

  withSettings(program.command('serve', { isDefault: true }))
    .description('serve MCP on stdin and stdout (the default)')
    .allowExcessArguments()
    .action(async (flags, command: Command) => {
      refuseUnknownCommand(program, command);
      exitCode = await serve(load(flags));
      // What a client no longer reads, and a worker behind a silent receiver, must not keep us.
      process.exit(exitCode);
    });

  withSettings(program.command('call <tool> [operands...]'))
    .description('call one tool: ts-calculator call add 0.1 0.2')
    .option('--json', 'print the whole result as JSON')
    .action(async (tool: string, operands: string[], flags) => {
      exitCode = await call(load(flags), tool, operands, flags.json === true);
      process.exit(exitCode);
    });

  program
    .command('tools')
    .description('print the tools')
    .option('--json', 'as MCP lists them')
    .action(({ json }: { json?: true }) => {
      process.stdout.write(`${renderTools(json === true)}\n`);
    });

  await program.parseAsync(argv);
  return exitCode;
}

type Flags = Record<string, string | true | undefined>;

function withSettings(command: Command): Command {
  for (const { flags, description } of flagDefinitions()) command.option(flags, description);
  return command;
}

function load(flags: Flags): LoadedSettings {
  return loadSettings({
    flags: flags as Record<string, string | undefined>,
    env: process.env,
    packageVersion: VERSION,
  });
}

/** The default command takes what is no command: a mistyped one must not start a server. */
function refuseUnknownCommand(program: Command, serve: Command): void {
  const [unknown] = serve.args;
  if (unknown === undefined) return;
  const names = program.commands.map((command) => command.name());
  if (names.includes(unknown)) {
    program.error(`error: options come after the command: ts-calculator ${unknown} --…`);
  }
  const guess = nearest(unknown, names);
  const hint = guess === undefined ? `one of: ${names.join(', ')}` : `did you mean ${guess}?`;
  program.error(`error: unknown command '${unknown}' (${hint})`);
}

/** Commander takes `--log-lvel=info` for one word, to which nothing is near. */
function withGuess(text: string): string {
  const unknown = /^error: unknown option '(--[^=']+)=.*'\s*$/s.exec(text)?.[1];
  const known = flagDefinitions().map(({ flags }) => flags.split(' ')[0]!);
  const guess = unknown === undefined ? undefined : nearest(unknown, known);
  return guess === undefined ? text : `${text.trim()} (Did you mean ${guess}?)`;
}

function oneLine(text: string): string {
  return `${text.trim().replace(/\s*\n\s*/g, ' ')}\n`;
}
