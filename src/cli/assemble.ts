import type { LoadedSettings } from '../config';
import { toDouble } from '../arithmetic/to-double';
import { createDirect } from '../server/direct';
import { createFault, faultWarning } from '../server/fault';
import { INSTRUCTIONS, SERVER_NAME } from '../server/identity';
import type { ServerOptions } from '../server/options';
import { checkParams } from '../server/params';
import { NEWEST_PROTOCOL_VERSION } from '../server/protocol-versions';
import { createClock } from '../tap/clock';
import { createIdGenerator } from '../tap/ids';
import { createSampler } from '../tap/sampler';
import { Tap, type TapOptions } from '../tap/tap';
import { extractTraceContext } from '../tap/trace-context';
import { isExported } from '../telemetry/is-exported';
import { SessionWatch } from '../telemetry/session-watch';
import type { Stderr } from '../telemetry/stderr';
import { Telemetry } from '../telemetry/telemetry';
import type { TelemetryOptions } from '../telemetry/telemetry-options';
import { registry } from '../tools/registry';
import type { Connect } from '../transport/client';
import { Connection } from '../transport/connection';
import type { SdkTransport } from '../transport/sdk-transport';
import { VERSION } from '../version';
import { LazyContext } from './lazy-context';

// From the last answer to exit 1.5 s at the most: MCP clients end a server 2 s after closing its stdin.
/** For sending the telemetry that is left. */
const FLUSH_MILLIS = 1_200;
/** For a slow reader of stderr. */
const STDERR_MILLIS = 100;

export interface Assembly {
  readonly telemetry: Telemetry;
  /** Loads OpenTelemetry's context; else a client's first message after `initialize` waits for it. */
  prepare(): Promise<void>;
  readonly connect: Connect;
  /** All clients are gone: all that is left of telemetry is sent. */
  end(): Promise<void>;
}

/**
 * Puts the parts together: whatever carries the messages, the server, tap and telemetry are these.
 *
 * @param over what more there is to count over HTTP
 */
export function assemble(
  { settings, warnings }: LoadedSettings,
  stderr: Stderr,
  over: Pick<TelemetryOptions, 'httpRefusals'> = {},
): Assembly {
  // No OpenTelemetry package is loaded for someone who wants none.
  const context = settings.sdkDisabled ? undefined : new LazyContext();
  const telemetry = new Telemetry({
    settings,
    stderr,
    tools: new Map(
      [...registry].map(([name, { description, inputSchema }]) => [
        name,
        { description, parameters: JSON.stringify(inputSchema) },
      ]),
    ),
    protocolVersion: NEWEST_PROTOCOL_VERSION,
    packageVersion: VERSION,
    command: process.argv[1],
    currentIds: () => context?.currentIds(),
    ...over,
  });
  const tapOptions: TapOptions = {
    clock: createClock(),
    ids: createIdGenerator(),
    sampler: isExported(settings, 'traces') ? createSampler(settings.sampler) : () => false,
    extract: (meta) => extractTraceContext(meta, settings.propagators),
    tools: new Set(registry.keys()),
    captureContent: settings.captureContent,
    readNumber: toDouble,
    onEnd: telemetry.record,
  };
  const fault = createFault(settings.fault);
  const server: ServerOptions = {
    name: SERVER_NAME,
    version: VERSION,
    instructions: INSTRUCTIONS,
    ...(fault && { beforeCall: fault }),
  };
  const answering = {
    check: checkParams,
    direct: createDirect(registry, server),
    connectSdk: async (transport: SdkTransport) => {
      const { createServer } = await import('../server/create-server');
      await createServer(registry, server).connect(transport);
    },
    ...(context && { activate: context }),
  };

  for (const warning of warnings) telemetry.log('warn', warning);
  if (fault) telemetry.log('warn', faultWarning(settings.fault));
  return {
    telemetry,
    prepare: async () => context?.load(),
    connect({ session, onInitialized, ...options }) {
      const tap = new Tap(session, tapOptions);
      const watch = new SessionWatch(telemetry, session);
      const connection = new Connection({
        tap,
        ...answering,
        ...(context && !context.isLoaded && { prepare: context.load }),
        ...options,
        onInitialized(known) {
          watch.opened(known);
          onInitialized?.(known);
        },
      });
      return {
        connection,
        describe: (more) => tap.describeSession(more),
        end() {
          tap.close();
          watch.closed();
        },
      };
    },
    async end() {
      await telemetry.shutdown(FLUSH_MILLIS);
      await stderr.finish(STDERR_MILLIS);
    },
  };
}
