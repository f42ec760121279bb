import type { Tool } from '../tools/define-tool';

/** What a server is, whichever way its requests are answered. */
export interface ServerOptions {
  readonly name: string;
  readonly version: string;
  /** Told to the model once, beside the tools' own descriptions. */
  readonly instructions?: string;
  /** Awaited before each tool call; what it throws is the call's failure. */
  readonly beforeCall?: (signal: AbortSignal, tool: Tool) => Promise<void>;
}
