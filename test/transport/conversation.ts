import type { RpcError } from '../../src/json-rpc';
import { Connection, type ConnectionOptions } from '../../src/transport/connection';
import { recordingTap } from '../tap/recording-tap';
import { heard } from './heard';

export interface Passed {
  readonly id?: number;
  readonly method: string;
  readonly params?: Record<string, unknown>;
}

/** A connection with the SDK's part played by the test: what it is given, and what it says. */
export class Conversation {
  readonly connection: Connection;
  readonly tap = recordingTap();
  /** What the SDK was given, in the order of arrival. */
  readonly passed: Passed[] = [];
  /** What was written, line by line. */
  readonly written: unknown[] = [];

  /** What the loading of the SDK's Server failed with. */
  readonly faults: unknown[] = [];

  /** @param load takes its time before the SDK's Server is there; without it, it is there at once */
  constructor(options: Partial<ConnectionOptions> = {}, load?: () => Promise<void>) {
    this.connection = new Connection({
      tap: this.tap.tap,
      write: (line) => this.written.push(JSON.parse(line)),
      check: (): RpcError | undefined => undefined,
      connectSdk: () =>
        heard(
          load!().then(() => this.connectSdk()),
          this.faults,
        ),
      ...options,
    });
    if (load) return;
    this.connectSdk();
    Object.assign(this.sdk, { early: undefined, connecting: Promise.resolve() });
  }

  private connectSdk(): void {
    this.sdk.onmessage = (message) => this.passed.push(message as Passed);
  }

  get sdk() {
    return this.connection.sdk;
  }

  get outcomes(): string[] {
    return this.tap.operations.map(({ method, outcome }) => `${method} ${outcome}`);
  }

  receive(...messages: (object | string)[]): void {
    for (const message of messages) {
      const text = typeof message === 'string' ? message : JSON.stringify(message);
      this.connection.receive({ text });
    }
  }

  /** Answers the `index`th of the requests that the SDK was given. */
  async answer(index: number, result: Record<string, unknown> = { index }): Promise<void> {
    const requests = this.passed.filter(({ id }) => id !== undefined);
    await this.sdk.send({ jsonrpc: '2.0', id: requests[index]!.id!, result });
  }

  /** Agrees on a revision. */
  async initialize(protocolVersion: string, clientInfo = { name: 'c', version: '1' }) {
    this.receive(request('init', 'initialize', { protocolVersion, clientInfo }));
    await this.answer(this.passed.filter(({ id }) => id !== undefined).length - 1, {
      protocolVersion,
    });
    this.written.length = 0;
    this.passed.length = 0;
    this.tap.operations.length = 0;
  }

  /** Whether nothing is awaited any more. */
  async isIdle(): Promise<boolean> {
    const waiting = Symbol();
    const first = await Promise.race([
      this.connection.idle(),
      new Promise((resolve) => setImmediate(resolve, waiting)),
    ]);
    return first !== waiting;
  }
}

export const request = (id: unknown, method: string, params?: object) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});
export const notification = (method: string, params?: object) => ({
  jsonrpc: '2.0',
  method,
  params,
});
export const cancellation = (requestId: unknown) =>
  notification('notifications/cancelled', { requestId });
export const result = (id: unknown, value: object) => ({ jsonrpc: '2.0', id, result: value });
export const error = (code: number, message: unknown, id?: unknown) => ({
  jsonrpc: '2.0',
  ...(id === undefined ? {} : { id }),
  error: { code, message },
});
