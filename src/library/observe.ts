import type { Writable } from 'node:stream';
import { parse } from 'node:path';
import { loadSettings, OBSERVE_DEFAULTS } from '../config';
import { Observer } from '../observe/observer';
import { SharedContext } from '../telemetry/shared-context';
import { startPipeline } from '../telemetry/start-pipeline';
import { Stderr } from '../telemetry/stderr';
import type { TelemetryOptions } from '../telemetry/telemetry-options';
import { tapTransport } from './tap-transport';
import type { ObservableServer, ObservableTransport } from './observable';
import { TransportEyes, type Running } from './transport-eyes';

/** The process that observes itself. */
export interface Host extends Pick<TelemetryOptions, 'packageVersion' | 'startPipeline'> {
  readonly env: NodeJS.ProcessEnv;
  /** The script that was started. */
  readonly main: string | undefined;
  readonly stderr: () => Writable;
  /**
   * Calls once, when there is nothing left to be done, and lives on while what it called goes on.
   *
   * @returns takes it back
   */
  readonly onIdle: (call: () => void) => () => void;
}

export interface Library {
  /**
   * Makes OpenTelemetry spans, metrics and logs of all that an MCP server and its client say to each
   * other: `server.connect(observe(new StdioServerTransport()))`. Where something else makes the
   * transports (`serveStdio`, `createMcpHandler`), a server is observed in place of them, before it is
   * connected: `serveStdio(() => observe(server))`.
   *
   * All transports of a process share one pipeline, which the environment configures as it does
   * `ts-calculator observe`. What is left of telemetry is sent when the process has nothing left to
   * do; whoever ends it otherwise calls `shutdown()` before. After a `shutdown()` messages pass
   * unseen, until `observe` is called again.
   *
   * @returns the same object. One that is observed already stays as it is
   * @throws a ConfigError where a TS_CALCULATOR_* variable has a value that cannot be used
   */
  observe<T extends ObservableTransport | ObservableServer>(target: T): T;
  /**
   * Sends all that is left of telemetry, for at most so long, and ends it. Never rejects.
   *
   * @param millis default: 1,200
   */
  shutdown(millis?: number): Promise<void>;
}

// MCP clients end a server 2 s after closing its stdin.
const FLUSH_MILLIS = 1_200;
const STDERR_MILLIS = 100;

interface Started extends Running {
  readonly end: (millis: number) => Promise<void>;
}

/** One pipeline for all transports of a process, started when the first is observed. */
export function createLibrary(host: Host): Library {
  const observed = new WeakSet<object>();
  let running: Started | undefined;
  let ended = Promise.resolve();

  function observe<T extends ObservableTransport | ObservableServer>(target: T): T {
    running ??= start(host, () => shutdown());
    watch(target);
    return target;
  }

  function watch(target: ObservableTransport | ObservableServer): void {
    if (observed.has(target)) return;
    observed.add(target);
    if ('connect' in target) return tapConnect(target, watch);
    tapTransport(target, new TransportEyes(target, () => running));
  }

  function shutdown(millis = FLUSH_MILLIS): Promise<void> {
    if (running) ended = running.end(millis);
    running = undefined;
    return ended;
  }

  return { observe, shutdown };
}

/** Tells of each transport that a server is connected to, from now on. */
function tapConnect(
  server: ObservableServer,
  tell: (transport: ObservableTransport) => void,
): void {
  const { connect } = server;
  server.connect = function (this: unknown, transport, ...rest: []) {
    tell(transport);
    return connect.call(this as ObservableServer, transport, ...rest);
  };
}

function start(host: Host, shutdown: () => void): Started {
  const { env, main, packageVersion, onIdle } = host;
  const loaded = loadSettings({
    flags: {},
    env,
    defaults: OBSERVE_DEFAULTS,
    takers: ['observe'],
    packageVersion,
  });
  const context = new SharedContext(main);
  const stderr = new Stderr(host.stderr(), (lines) => observer.telemetry.stderrDropped(lines));
  const observer: Observer = new Observer({
    loaded,
    stderr,
    packageVersion,
    fallbackName: main === undefined ? 'mcp-server' : parse(main).name,
    command: main,
    currentIds: context.currentIds,
    startPipeline:
      host.startPipeline ??
      ((init, pipelineHost) => startPipeline(init, pipelineHost, { isGuest: true })),
  });
  const connected = new Set<TransportEyes>();
  const stopWaiting = onIdle(shutdown);
  const end = async (millis: number): Promise<void> => {
    stopWaiting();
    for (const eyes of connected) eyes.closed();
    await observer.shutdown(millis);
    await observer.telemetry.terminate();
    await stderr.finish(STDERR_MILLIS);
  };
  return { observer, context, connected, end };
}
