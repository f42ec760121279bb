import type { GivenSetting, HttpSettings } from '../config';
import type { Program } from './launch';
import { CALCULATOR } from './names';
import { quoteAll } from './quote';
import { inAngles, rewrite, type StandIn } from './rewrite';

/** Where a server listens, or is to listen. */
export interface Door extends Pick<HttpSettings, 'host' | 'port' | 'path'> {
  /** What a client has to know; undefined: nothing. */
  readonly token: string | undefined;
}

/** How a client reaches a server that it does not start. */
export interface Address {
  /** What the server is called in a client. */
  readonly name: string;
  readonly url: string;
  /** Absent: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The names of the secrets for which something stands in the headers. */
  readonly hidden: readonly string[];
}

const TOKEN = 'TOKEN';

/** @param standIn undefined: secrets are written out */
export function makeAddress(
  { host, port, path, token }: Door,
  standIn: StandIn | undefined,
): Address {
  const server = { name: CALCULATOR, url: `http://${asked(host)}:${port}${path}` };
  if (token === undefined) return { ...server, hidden: [] };
  return {
    ...server,
    headers: { Authorization: `Bearer ${standIn ? standIn(TOKEN) : token}` },
    hidden: standIn ? [TOKEN] : [],
  };
}

/** All addresses of a machine are none that can be asked; to a client on it, it is `localhost`. */
function asked(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** How the server is started that has the settings which are given here; secrets are left out. */
export function serveCommand(given: readonly GivenSetting[], program: Program): string {
  const others = given.filter(({ name }) => !TRANSPORT.has(name));
  const { flags, variables } = rewrite(others, ['calculator', 'serve'], program, inAngles);
  const command = ['ts-calculator', 'serve', '--transport', 'http', ...flags];
  const names = Object.keys(variables).join(', ');
  return quoteAll(command, program.platform) + (names && ` (with ${names} set as here)`);
}

/** It is said in any case. */
const TRANSPORT: ReadonlySet<string> = new Set(['--transport', 'TS_CALCULATOR_TRANSPORT']);
