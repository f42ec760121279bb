import type { AddressInfo } from 'node:net';
import type { HttpSettings, LoadedSettings } from '../config';
import { pathOf } from '../http/target';
import { SERVER_NAME } from '../server/identity';
import { PROTOCOL_VERSIONS } from '../server/protocol-versions';
import { extractTraceContext } from '../tap/trace-context';
import { isWanted } from '../telemetry/log-entry';
import { Stderr } from '../telemetry/stderr';
import { VERSION } from '../version';
import { assemble } from './assemble';
import { faultText, surviveFaults } from './faults';
import { onEnd } from './signals';
import { reserveStdout } from './stdout';
import { UsageError } from './usage-error';

/**
 * Serves MCP over HTTP until a signal comes; what was asked by then is answered, and its telemetry
 * sent.
 *
 * @returns the exit code
 * @throws {UsageError} the address is not to be had
 */
export async function serveHttp(loaded: LoadedSettings, http: HttpSettings): Promise<number> {
  reserveStdout();
  const { HttpDoor, REFUSALS } = await import('../http');
  const stderr = new Stderr(process.stderr, (lines) => telemetry.stderrDropped(lines));
  const { telemetry, prepare, connect, end } = assemble(loaded, stderr, { httpRefusals: REFUSALS });
  surviveFaults((message) => telemetry.log('error', message));
  await prepare();

  const door: import('../http').HttpDoor = new HttpDoor({
    settings: http,
    connect,
    protocolVersions: PROTOCOL_VERSIONS,
    extract: (headers) => extractTraceContext(headers, loaded.settings.propagators),
    reports: {
      health: () => ({
        status: 'ok',
        name: SERVER_NAME,
        version: VERSION,
        uptime_seconds: Math.round(process.uptime()),
        sessions: door.sessionCount,
        telemetry: telemetry.state(),
      }),
      metrics: () => (loaded.settings.sdkDisabled ? undefined : telemetry.prometheus()),
    },
    onRefused(refusal, request) {
      const { status, reason, message } = refusal;
      telemetry.httpRefused(status, reason);
      const what = request ? `${request.method} ${pathOf(request).slice(0, 80)}` : 'a connection';
      telemetry.log('warn', `${what} refused with ${status} (${reason}): ${message}`);
    },
    onFault: (error) => telemetry.log('error', faultText(error)),
  });
  const listening = `listening on ${urlOf(await listen(() => door.listen(), http), http)}`;
  telemetry.log('info', listening);
  // Who asked for any port must learn which, however little is logged.
  if (http.port === 0 && !isWanted('info', loaded.settings.logLevel)) {
    stderr.write(`ts-calculator: ${listening}\n`);
  }

  await new Promise<void>((resolve) => onEnd(resolve));
  telemetry.log('info', 'ending: what was asked is answered first; a second signal ends at once');
  await door.end();
  await end();
  return 0;
}

/** What to do where an address is not to be had, by the system's word for it. */
const REMEDIES: Readonly<Record<string, (http: HttpSettings) => string>> = {
  EADDRINUSE: ({ port, host }) =>
    `--port: ${port} on ${host} is taken; give another, or 0 for any free one`,
  EACCES: ({ port }) => `--port: ${port} may not be listened at; ports from 1024 on may`,
  EADDRNOTAVAIL: ({ host }) => `--host: ${host} is no address of this machine`,
  EAFNOSUPPORT: ({ host }) => `--host: this machine has no addresses such as ${host}`,
  ENOTFOUND: ({ host }) => `--host: there is no ${host}`,
  EAI_AGAIN: ({ host }) => `--host: ${host} cannot be looked up; an address can be listened at`,
};

async function listen(start: () => Promise<AddressInfo>, http: HttpSettings): Promise<AddressInfo> {
  try {
    return await start();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!Object.hasOwn(REMEDIES, code)) throw error;
    throw new UsageError(REMEDIES[code]!(http));
  }
}

function urlOf({ address, family, port }: AddressInfo, { path }: HttpSettings): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}${path}`;
}
