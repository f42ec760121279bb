import { execFile } from 'node:child_process';
import { lookup, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import { Obstacle } from './obstacle';

/** Prints the addresses of a name, or the error's code, as JSON. */
const LOOK_UP = `require('node:dns').lookup(process.argv[1], { all: true }, (error, addresses) =>
  console.log(JSON.stringify(error ? { code: error.code, message: error.message } : addresses)))`;

interface Failure {
  readonly code: string;
  readonly message: string;
}

/**
 * The addresses of a host as the system knows them. A name that is asked of a name server is looked up
 * in a process of its own: a look-up cannot be ended, and Node, at its own end, waits for it.
 *
 * @returns `localhost is 127.0.0.1, ::1`; rejects with an Obstacle
 */
export async function resolveName(host: string, millis: number): Promise<string> {
  if (isIP(host) !== 0) return `${host} is an address`;
  const addresses = host === 'localhost' ? await lookUpHere(host) : await lookUpApart(host, millis);
  return `${host} is ${addresses.map(({ address }) => address).join(', ')}`;
}

const lookUpHere = (host: string): Promise<LookupAddress[]> =>
  promisify(lookup)(host, { all: true });

async function lookUpApart(host: string, millis: number): Promise<readonly LookupAddress[]> {
  const options = { timeout: Math.max(1, Math.floor(millis)) };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['-e', LOOK_UP, '--', host],
    options,
  ).catch(() => {
    throw new Obstacle('no answer from the name server', 'EAI_AGAIN');
  });
  const found = JSON.parse(stdout) as readonly LookupAddress[] | Failure;
  if ('code' in found) throw new Obstacle(found.message, found.code);
  return found;
}
