import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { CLIENT_NAMES, type ClientName } from '../clients/names';
import type { FlagDefinition, Taker } from '../config';
import { nearest } from '../nearest';
import type { Asked, Flags } from './asked';
import { TAKERS } from './takers';

const DESCRIPTION =
  'An exact calculator for AI assistants, served over MCP on stdio or HTTP, in which every request can be seen.';

const HELP = `
Without a command it serves. All settings: ts-calculator serve --help
Examples:
  ts-calculator call add 0.1 0.2
  ts-calculator observe -- uvx mcp-server-time
  ts-calculator serve --transport http --port 8100
  ts-calculator --phoenix-endpoint http://localhost:6006 --metrics none --logs none
  ts-calculator config --client claude-desktop --env-file .env`;

const OBSERVE_USAGE = 'ts-calculator observe [options] -- <command> [args...]';

export interface Known {
  readonly version: string;
  /** The flags that the commands take which read the settings. */
  readonly flags: readonly FlagDefinition[];
}

/**
 * What a command line asks for. Help, the version and what is wrong with the usage are told here.
 *
 * @param argv as `process.argv` has it
 */
export function readCommandLine(argv: readonly string[], { version, flags }: Known): Asked {
  let asked: Asked | undefined;
  const withSettings = (command: Command): Command => {
    const takers: readonly Taker[] = TAKERS[command.name() as keyof typeof TAKERS];
    for (const { flags: names, description, appliesTo } of flags) {
      if (appliesTo === undefined || takers.includes(appliesTo)) command.option(names, description);
    }
    return command;
  };
  const program = new Command('ts-calculator')
    .description(DESCRIPTION)
    .version(version)
    .exitOverride()
    // Whatever follows the command that observe starts belongs to that command.
    .enablePositionalOptions()
    .addHelpText('after', HELP)
    .configureOutput({ outputError: (text, write) => write(oneLine(withGuess(text, flags))) });

  withSettings(program.command('serve', { isDefault: true }))
    .description(
      'serve MCP on stdin and stdout or, with --transport http, over HTTP (the default command)',
    )
    .allowExcessArguments()
    .action((given: Flags, command: Command) => {
      refuseUnknownCommand(program, command);
      asked = { command: 'serve', flags: readFlags(given) };
    });

  withSettings(program.command('call <tool> [operands...]'))
    .description('call one tool: ts-calculator call add 0.1 0.2')
    .option('--json', 'print the whole result as JSON')
    .action((tool: string, operands: string[], given: Flags & { json?: true }) => {
      asked = {
        command: 'call',
        tool,
        operands,
        json: given.json === true,
        flags: readFlags(given),
      };
    });

  program
    .command('tools')
    .description('print the tools')
    .option('--json', 'as MCP lists them')
    .action(({ json }: { json?: true }) => {
      asked = { command: 'tools', json: json === true };
    });

  withSettings(program.command('observe'))
    .description('start another MCP server, pass on what it and its client say, and watch it')
    .usage('[options] -- <command> [args...]')
    .argument('[command...]', 'the command that starts the server, with its arguments')
    .passThroughOptions()
    .action(([command, ...args]: string[], given: Flags) => {
      if (!command) return program.error(`error: observe what? ${OBSERVE_USAGE}`);
      asked = { command: 'observe', run: { command, args }, flags: readFlags(given) };
    });

  const doctor = program
    .command('doctor')
    .description('look at what telemetry needs, and say what to do about it')
    .option('--send', 'send a span too, and look for it in Phoenix')
    .option('--json', 'print the findings as JSON');
  withSettings(doctor).action((given: Flags & { json?: true; send?: true }) => {
    const { json = false, send = false } = given;
    asked = { command: 'doctor', json, send, flags: readFlags(given) };
  });

  const config = program
    .command('config')
    .description('print every setting, its value and where that came from')
    .option('--json', 'as JSON')
    .addOption(
      new Option(
        '--client <name>',
        `print instead what this client needs to start the server, or to reach it over HTTP: ${CLIENT_NAMES.join(', ')}`,
      )
        .argParser(readClient)
        .conflicts('json'),
    )
    .option('--with-secrets', 'with --client: secrets as they are, in place of <NAME>')
    .option('--observe', 'for observe: with --client, an entry for the server that follows')
    .usage('[options] [--observe -- <command> [args...]]')
    .argument('[command...]', 'with --observe: the command that starts the server')
    .passThroughOptions();
  withSettings(config).action(([command, ...args]: string[], given: Flags & ConfigOptions) => {
    const { json = false, client, withSecrets = false, observe = false } = given;
    if (withSecrets && !client) program.error('error: --with-secrets goes with --client');
    if (command !== undefined && !observe) {
      program.error(`error: config takes no argument: '${command}' (--observe -- ${command} …?)`);
    }
    if (observe && client && command === undefined) {
      program.error('error: --observe of which server? config --client … --observe -- <command>');
    }
    asked = {
      command: 'config',
      json,
      client: client && { name: client, withSecrets },
      observes: observe,
      observed: command === undefined ? undefined : { command, args },
      flags: readFlags(given as Flags),
    };
  });

  try {
    program.parse(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { command: 'nothing', exitCode: error.exitCode };
  }
  return asked ?? { command: 'nothing', exitCode: 0 };
}

interface ConfigOptions {
  readonly json?: true;
  readonly client?: ClientName;
  readonly withSecrets?: true;
  readonly observe?: true;
}

/** Of a switch commander says `true`. */
function readFlags(given: Readonly<Record<string, string | boolean | undefined>>): Flags {
  const texts = Object.entries(given).map(([key, value]) => [key, value === true ? 'on' : value]);
  return Object.fromEntries(texts) as Flags;
}

/** @throws {InvalidArgumentError} no such client */
function readClient(name: string): ClientName {
  const client = CLIENT_NAMES.find((known) => known === name);
  if (client) return client;
  const guess = nearest(name, CLIENT_NAMES);
  const hint = guess === undefined ? '' : ` Did you mean ${guess}?`;
  throw new InvalidArgumentError(`It is not one of ${CLIENT_NAMES.join(', ')}.${hint}`);
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
function withGuess(text: string, flags: Known['flags']): string {
  const unknown = /^error: unknown option '(--[^=']+)=.*'\s*$/s.exec(text)?.[1];
  const names = flags.map(({ flags }) => flags.split(' ')[0]!);
  const guess = unknown === undefined ? undefined : nearest(unknown, names);
  return guess === undefined ? text : `${text.trim()} (Did you mean ${guess}?)`;
}

function oneLine(text: string): string {
  return `${text.trim().replace(/\s*\n\s*/g, ' ')}\n`;
}
