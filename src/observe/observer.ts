import { nameService, type LoadedSettings } from '../config';
import { createClock, type Clock } from '../tap/clock';
import { Conversation } from '../tap/conversation';
import { createIdGenerator } from '../tap/ids';
import { KnownTools, type ToolFacts } from '../tap/known-tools';
import type { Operation, Session } from '../tap/operation';
import { createRedaction, type Redaction } from '../tap/redaction';
import { createSampler } from '../tap/sampler';
import { Tap, type TapOptions } from '../tap/tap';
import { extractTraceContext } from '../tap/trace-context';
import { isExported } from '../telemetry/is-exported';
import { SessionWatch } from '../telemetry/session-watch';
import { Telemetry } from '../telemetry/telemetry';
import type { TelemetryOptions } from '../telemetry/telemetry-options';
import { IdentityWait } from './identity-wait';

export interface ObserverOptions extends Pick<
  TelemetryOptions,
  'stderr' | 'packageVersion' | 'command' | 'currentIds' | 'startPipeline'
> {
  readonly loaded: LoadedSettings;
  /** The service's name where neither a setting nor the server itself says one. */
  readonly fallbackName: string;
}

/** One connection to a server that is not ours. */
export interface Observed {
  readonly conversation: Conversation;
  /**
   * It is over.
   *
   * @param hasDied the server is gone in the middle of it: so the last word of its counts is an open
   *   session, as that of a server which dies with its own counts
   */
  end(hasDied?: boolean): void;
}

/**
 * The eyes on servers that are not ours: what is said on each connection becomes operations, and
 * those telemetry, under the name that the first server gives itself.
 */
export class Observer {
  readonly clock: Clock = createClock();
  readonly telemetry: Telemetry;
  /** Whether spans are made: only then is there a context for others to continue. */
  readonly makesSpans: boolean;
  /** Whether the value under a key is secret. */
  readonly hides: Redaction;
  private readonly tools = new KnownTools();
  private readonly tapOptions: TapOptions;
  private readonly wait: IdentityWait;

  constructor(private readonly options: ObserverOptions) {
    const { loaded, fallbackName } = options;
    const { settings } = loaded;
    this.hides = createRedaction(settings.redact);
    this.makesSpans = isExported(settings, 'traces');
    this.telemetry = new Telemetry({
      ...options,
      settings: nameService(loaded, { name: fallbackName, version: '' }),
      isUnidentified: true,
      tools: new Map(),
    });
    this.wait = new IdentityWait(() => this.identify({}));
    this.tapOptions = {
      clock: this.clock,
      ids: createIdGenerator(),
      sampler: this.makesSpans ? createSampler(settings.sampler) : () => false,
      extract: (meta) => extractTraceContext(meta, settings.propagators),
      tools: this.tools,
      captureContent: settings.captureContent,
      hides: this.hides,
      readNumber: (value) => (Number.isFinite(value) ? (value as number) : undefined),
      onEnd: (operation) => this.record(operation),
    };
    for (const warning of loaded.warnings) this.telemetry.log('warn', warning);
  }

  /** A connection begins. */
  connect(session: Session): Observed {
    const watch = new SessionWatch(this.telemetry, session);
    const conversation = new Conversation({
      tap: new Tap(session, this.tapOptions),
      session,
      onSession: (known) => {
        if (known.protocolVersion !== undefined) watch.opened(known);
        // A later answer may name the server.
        if (known.serverName !== undefined) this.identify(known);
      },
      onTools: (tools) => this.learnTools(tools),
    });
    return {
      conversation,
      end(hasDied = false) {
        conversation.close();
        if (!hasDied) watch.closed();
      },
    };
  }

  /** Sends all that is left, for at most so long. Never rejects. */
  async shutdown(millis: number): Promise<void> {
    this.wait.done();
    await this.telemetry.shutdown(millis);
  }

  private record(operation: Operation): void {
    this.telemetry.record(operation);
    this.wait.operationEnded();
  }

  private learnTools(tools: ReadonlyMap<string, ToolFacts>): void {
    for (const name of tools.keys()) this.tools.add(name);
    this.telemetry.learnTools(new Map([...tools].filter(([name]) => this.tools.has(name))));
  }

  private identify({ serverName, serverVersion, protocolVersion }: Partial<Session>): void {
    const { loaded, fallbackName } = this.options;
    this.wait.done();
    const name = serverName ?? fallbackName;
    const settings = nameService(loaded, { name, version: serverVersion ?? '' });
    this.telemetry.identify(settings, protocolVersion);
  }
}
