import type { Session } from '../tap/operation';
import type { Connection, ConnectionOptions } from './connection';

/** A client that is served. */
export interface Client {
  readonly connection: Connection;
  /** Something more is known of it. */
  describe(more: Partial<Session>): void;
  /** It is gone: what is open is cut off. */
  end(): void;
}

export interface ClientOptions extends Pick<
  ConnectionOptions,
  'write' | 'protocolVersion' | 'onInitialized'
> {
  /** What is known of it from the start. */
  readonly session: Session;
}

/** Begins to serve a client: server, tap and telemetry are there, whatever carries the messages. */
export type Connect = (options: ClientOptions) => Client;
