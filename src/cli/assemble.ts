import type { LoadedSettings } from '../config';
import { toDouble } from '../arithmetic/to-double';
import { createServer } from '../server/create-server';
import { createFault, faultWarning } from '../server/fault';
import { INSTRUCTIONS, NEWEST_PROTOCOL_VERSION, SERVER_NAME } from '../server/identity';
import { checkParams } from '../server/params';
import { createClock } from '../tap/clock';
import { createIdGenerator } from '../tap/ids';
import { createSampler } from '../tap/sampler';
import { Tap } from '../tap/tap';
import { extractTraceContext } from '../tap/trace-context';
import type { Stderr } from '../telemetry/stderr';
import { Telemetry } from '../telemetry/telemetry';
import { registry } from '../tools/registry';
import { Connection } from '../transport/connection';
import { VERSION } from '../version';
import { SessionWatch } from './session-watch';

// From the last answer to exit 1.5 s at the most: MCP clients end a server 2 s after closing its stdin.
/** For sending the telemetry that is left. */
const FLUSH_MILLIS = 1_200;
/** For a slow reader of stderr. */
const STDERR_MILLIS = 100;

export interface Assembly {
  readonly connection: Connection;
  readonly telemetry: Telemetry;
  /** The conversation is over: what is open is cut off, all that is left of telemetry is sent. */
  end(): Promise<void>;
}

/** Puts the parts together: whatever carries the lines, the server, tap and telemetry are these. */
export async function assemble(
  { settings, warnings }: LoadedSettings,
  stderr: Stderr,
  write: (line: string) => void,
): Promise<Assembly> {
  // No OpenTelemetry package is loaded for someone who wants none; for others, beside the rest.
  const loading = settings.sdkDisabled ? undefined : import('../telemetry/context');
  const telemetry = new Telemetry({
    settings,
    stderr,
    tools: Object.fromEntries(
      [...registry].map(([name, { description, inputSchema }]) => [
        name,
        { description, inputSchema },
      ]),
    ),
    protocolVersion: NEWEST_PROTOCOL_VERSION,
    packageVersion: VERSION,
    command: process.argv[1],
    currentIds: () => context?.currentIds(),
  });
  const spansWanted = !settings.sdkDisabled && settings.signals.traces.exporters.length > 0;
  const session = new SessionWatch(telemetry);
  const tap = new Tap(session.initial, {
    clock: createClock(),
    ids: createIdGenerator(),
    sampler: spansWanted ? createSampler(settings.sampler) : () => false,
    extract: (meta) => extractTraceContext(meta, settings.propagators),
    tools: new Set(registry.keys()),
    captureContent: settings.captureContent,
    readNumber: toDouble,
    onEnd: telemetry.record,
  });
  const context = await loading;
  const connection = new Connection({
    tap,
    write,
    check: checkParams,
    onInitialized: (known) => session.opened(known),
    ...(context && { activate: context.createActivator() }),
  });
  const fault = createFault(settings.fault);
  const server = createServer(registry, {
    name: SERVER_NAME,
    version: VERSION,
    instructions: INSTRUCTIONS,
    ...(fault && { beforeCall: fault }),
  });
  await server.connect(connection);

  for (const warning of warnings) telemetry.log('warn', warning);
  if (fault) telemetry.log('warn', faultWarning(settings.fault));
  return {
    connection,
    telemetry,
    async end() {
      tap.close();
      session.closed();
      await telemetry.shutdown(FLUSH_MILLIS);
      await stderr.finish(STDERR_MILLIS);
    },
  };
}
