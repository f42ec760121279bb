/** A transport of the MCP SDK's, version 1 or 2, or of one's own making. */
export interface ObservableTransport {
  start(): Promise<void>;
  send(message: object): Promise<void>;
  close(): Promise<void>;
}

/** A server of the MCP SDK's: `McpServer` or `Server`. */
export interface ObservableServer {
  connect(transport: ObservableTransport): Promise<void>;
}

/** What of a transport is looked at. */
export interface TransportMembers extends ObservableTransport {
  onmessage?: ((message: unknown) => unknown) | undefined;
  onclose?: (() => unknown) | undefined;
  readonly sessionId?: string | undefined;
}

/** What the SDKs' transports over HTTP have: the one that takes a request, by its kind. */
const HTTP_METHODS = ['handleRequest', 'handlePostMessage', 'handleMessage'];

/** What carries its messages, as far as can be told: OpenTelemetry's `network.transport`. */
export const carrierOf = (transport: object): 'pipe' | 'tcp' =>
  HTTP_METHODS.some((name) => name in transport) ? 'tcp' : 'pipe';
